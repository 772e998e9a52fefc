import type { Analysis, Block } from '../../structure/analysis';
import { changeTo } from '../change';
import type { DocumentRule, Finding } from '../rule';

/** Kinds of document that are sent to somebody; a speech or a law is not. */
const SENT = /(?:通知|通报|决定|意见|批复|请示|报告|函|通報|決定|意見|批覆|請示|報告)(?:[（(][^（）()]{1,20}[）)])?$/;
/** Endings of names of bodies. */
const BODY =
  /(?:政府|委员会|管委会|党委|党组|工委|委|办公厅|办公室|办|厅|局|部|司|处|科|署|院|会|校|学校|高校|单位|部门|机构|机关|企业|公司|集团|中心|银行|分行|乡|镇|乡镇|街道|办事处|区|州|盟|市|县|法院|检察院|協會|協会|联社|委員會|管委會|黨委|黨組|廳|辦公室|單位|部門|機構|機關|鄉鎮|街道辦|中心校)$/;
const MARKS = /[、，,；;]+|\s+/;
const END_MARK = /[。；;，,.]$/;
const MAX_LENGTH = 150;
/** Blocks that may be between the title and the addressee: the document number, a note, a date. */
const BETWEEN = new Set<Block['kind']>(['documentNumber', 'adoption', 'source', 'furniture', 'signature']);

export const addressee: DocumentRule = {
  id: 'document.addressee',
  scope: 'document',
  title: { zh: '主送机关', en: 'Addressees' },
  reason: {
    zh: '主送机关写在标题之下、正文之前，最后一个机关名称后标全角冒号。',
    en: 'The addressees are between title and text, with a full-width colon after the last one.',
  },
  authority: { zh: 'GB/T 9704-2012 7.3.2', en: 'GB/T 9704-2012, 7.3.2' },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      {
        text: '青禾县人民政府关于做好春耕工作的通知\n各乡镇人民政府，县政府各部⟦门⟧\n现将有关事项通知如下。',
        fixed: '青禾县人民政府关于做好春耕工作的通知\n各乡镇人民政府，县政府各部门：\n现将有关事项通知如下。',
      },
      {
        text: '青禾县人民政府关于做好春耕工作的通知\n\n各乡镇人民政府、县直各单位⟦。⟧\n现将有关事项通知如下。',
        fixed: '青禾县人民政府关于做好春耕工作的通知\n\n各乡镇人民政府、县直各单位：\n现将有关事项通知如下。',
      },
      {
        text: '关于河口镇区划调整的批复\n河口镇人民政府⟦，⟧\n你镇请示收悉。',
        fixed: '关于河口镇区划调整的批复\n河口镇人民政府：\n你镇请示收悉。',
      },
    ],
    clean: [
      { text: '青禾县人民政府关于做好春耕工作的通知\n各乡镇人民政府，县政府各部门：\n现将有关事项通知如下。' },
      { text: '青禾县人民政府关于做好春耕工作的通知\n各乡镇人民政府，\n县政府各部门：\n现将有关事项通知如下。' },
      { text: '2026年青禾县政府工作报告\n青禾县人民政府\n各位代表：\n现在，我报告工作。' },
      { text: '青禾县人民政府关于做好春耕工作的通知\n各乡镇要高度重视，抓好落实。' },
      { text: '青禾县河湖管理办法\n第一条　为了加强河湖管理，制定本办法。' },
    ],
  },

  check(analysis) {
    const findings: Finding[] = [];
    for (const [index, block] of analysis.blocks.entries()) {
      if (block.kind !== 'title') continue;
      const line = addresseeLine(analysis, index);
      const finding = line === undefined ? undefined : remark(analysis, line);
      if (finding) findings.push(finding);
    }
    return findings;
  },
};

/** The first line after the title of the block at `index` in which the addressees are expected. */
function addresseeLine(analysis: Analysis, index: number): number | undefined {
  const block = analysis.blocks[index] as Block;
  let title = '';
  for (let line = block.firstLine; line <= block.lastLine; line++) {
    // Without a colon they look like one more line of the title.
    if (SENT.test(title) && namesBodies(lineText(analysis, line))) return line;
    title += lineText(analysis, line).replace(END_MARK, '');
  }
  if (!SENT.test(title)) return undefined;
  const next = analysis.blocks.slice(index + 1, index + 5).find(({ kind }) => !BETWEEN.has(kind));
  return next?.kind === 'body' ? next.firstLine : undefined;
}

function remark(analysis: Analysis, line: number): Finding | undefined {
  const words = lineText(analysis, line);
  if (words === '' || /[：:]$/.test(words) || !namesBodies(words)) return undefined;
  const marked = END_MARK.test(words);
  // A single unmarked name may be the author of the report.
  if (!marked && !/^各|[、，,]/.test(words)) return undefined;
  // The list continues on the next line.
  if (/[，,；;]$/.test(words) && line + 1 < analysis.lines.count && namesBodies(lineText(analysis, line + 1))) {
    return undefined;
  }
  const end =
    analysis.lines.start(line) +
    analysis.text.slice(analysis.lines.start(line), analysis.lines.end(line)).trimEnd().length;
  const fix = marked ? changeTo(end - 1, end, '：') : changeTo(end, end, '：');
  return {
    start: end - 1,
    end,
    message: {
      zh: '最后一个主送机关后标全角冒号“：”。',
      en: 'The last addressee is followed by a full-width colon “：”.',
    },
    fixes: [{ ...fix, title: { zh: '标上“：”', en: 'Add “：”' } }],
  };
}

/** Whether the words consist only of names of bodies and marks between them. */
function namesBodies(words: string): boolean {
  const names = words.replace(/[：:。；;，,.]$/, '').split(MARKS);
  return (
    words.length <= MAX_LENGTH && names.every((name) => /^[\u4e00-\u9fff（）()]{2,30}$/.test(name) && BODY.test(name))
  );
}

function lineText({ text, lines }: Analysis, line: number): string {
  return text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + MAX_LENGTH + 1)).trim();
}
