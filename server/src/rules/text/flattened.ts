import { flattenedLines, reflow } from '../../repair/flattened';
import type { DocumentRule } from '../rule';

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
    flagged: [{ text: `⟦一、⟧发展产业。${EXAMPLE} 二、保护生态。${EXAMPLE} 三、繁荣文化。${EXAMPLE}` }],
    clean: [
      { text: `一、发展产业。${EXAMPLE}\n二、保护生态。${EXAMPLE}\n三、繁荣文化。${EXAMPLE}` },
      { text: '一、发展产业。二、保护生态。三、繁荣文化。' },
    ],
  },

  check(analysis) {
    const [line] = flattenedLines(analysis);
    if (line === undefined) return [];
    const { text, lines } = analysis;
    const { edits } = reflow(text);
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
          en: 'Headings and paragraphs run together; {0} breaks can be given back.',
          values: [edits.length],
        },
        fixes: [
          {
            title: { zh: '恢复分段', en: 'Give the paragraphs back' },
            edits,
            safe: false,
            preferred: true,
          },
        ],
      },
    ];
  },
};
