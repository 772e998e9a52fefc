import { findFlattenedLines, reflow } from '../../repair/flattened';
import type { Analysis } from '../../structure/analysis';
import { trimmedEnd } from '../../text/characters';
import type { Span } from '../../text/span';
import type { DocumentRule, Finding } from '../rule';
import { gluedHeadings, readGluedHeadings } from './gluedHeadings';

/** If this many articles begin a line for each that does not, the others have lost their line break. */
const MIN_APART = 3;

const EXAMPLE = '统筹推进产业、生态、文化各项建设，补短板、强弱项、促提升。'.repeat(22);

export const flattened: DocumentRule = {
  id: 'text.flattened',
  scope: 'document',
  title: { zh: '分段丢失', en: 'Paragraphs run together' },
  reason: {
    zh: '复制时换行丢失，标题和好几段正文连成了一行，不便阅读、折叠和修改。',
    en: 'Line breaks were lost when the text was copied: headings and paragraphs run on in one line.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '第一条　为了规范用水，制定本办法。\n第二条　用水应当节约。\n第三条　违反规定的，责令改正。⟦第四条⟧本办法自公布之日起施行。',
      },
      {
        text: '第一条　为了规范用水，制定本办法。\n第二条　用水应当节约。 ⟦第三条⟧　县水利局负责水源保护工作。\n第四条　违反规定的，责令改正。\n第五条　本办法自公布之日起施行。',
      },
      {
        text: '现在，我代表县人民政府，向大会报告工作，请予审议，并请提出意见。⟦一、⟧过去五年工作回顾\n全县经济稳步增长。\n二、今后五年目标任务\n产值年均增长8%。',
      },
      { text: `⟦一、⟧发展产业。${EXAMPLE} 二、保护生态。${EXAMPLE} 三、繁荣文化。${EXAMPLE}` },
    ],
    clean: [
      { text: '现在，我代表县人民政府报告工作，请予审议，并请提出意见。\n一、工作回顾\n内容。\n二、工作安排\n内容。' },
      { text: '要做好以下各项工作，确保全年目标任务完成：一是抓项目，二是抓民生。一、二产业协调发展\n内容。' },
      { text: `一、发展产业。${EXAMPLE}\n二、保护生态。${EXAMPLE}\n三、繁荣文化。${EXAMPLE}` },
      { text: '一、发展产业。二、保护生态。三、繁荣文化。' },
      {
        text: '第一条　用水应当节约。\n第二条　县水利局负责水源保护。第三条规定的情形除外。\n第三条　因抢险需要取水的，不受限制。\n第四条　本办法自公布之日起施行。',
      },
    ],
  },

  prepare: readGluedHeadings,

  *check(analysis) {
    const [line] = yield* findFlattenedLines(analysis);
    if (line === undefined) {
      return [...gluedHeadings(analysis), ...gluedArticles(analysis)].map((heading) => glued(analysis, heading));
    }
    const { text, lines } = analysis;
    const { edits } = reflow(text, analysis);
    if (edits.length === 0) return [];
    const start = lines.start(line);
    const first = analysis.headings.find(({ marker }) => marker && marker.start >= start)?.marker;
    const shown = first && first.start < lines.end(line) ? first : { start, end: Math.min(start + 1, lines.end(line)) };
    return [
      {
        start: shown.start,
        end: shown.end,
        message: {
          zh: '标题和段落连成了一行，可在 {0} 处恢复分段。',
          en: 'Headings and paragraphs run together; {0} breaks can be restored.',
          values: [edits.length],
        },
        fixes: [
          {
            title: { zh: '恢复分段', en: 'Restore the paragraphs' },
            edits,
            safe: false,
            preferred: true,
          },
        ],
      },
    ];
  },
};

/** The articles after the full stop of the previous one, in a text whose articles begin lines of their own. */
function gluedArticles({ headings, lines, text }: Analysis): Span[] {
  const articles = headings.flatMap(({ kind, marker }) => (kind === 'article' && marker ? [marker] : []));
  const behind = articles.filter(
    ({ start }) => start > lines.start(lines.lineAt(start)) && text[trimmedEnd(text, 0, start) - 1] === '。',
  );
  return behind.length * MIN_APART <= articles.length ? behind : [];
}

/** The finding for a heading at the end of a paragraph. */
function glued({ text }: Analysis, { start, end }: Span): Finding {
  const lineBreak = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  return {
    start,
    end,
    message: {
      zh: '标题“{0}”接在了上一段的末尾，应另起一行。',
      en: 'The heading “{0}” is glued to the end of the previous paragraph; it needs its own line.',
      values: [text.slice(start, /[\r\n]|$/.exec(text.slice(start))!.index + start).trim()],
    },
    fixes: [
      {
        title: { zh: '另起一行', en: 'Put it on its own line' },
        edits: [{ start: trimmedEnd(text, 0, start), end: start, newText: lineBreak }],
        safe: false,
        preferred: true,
      },
    ],
  };
}
