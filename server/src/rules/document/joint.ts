import type { Analysis } from '../../structure/analysis';
import type { DocumentRule, Finding } from '../rule';
import { type OfficialDocument, officialDocuments } from './officialDocument';

/** Names of bodies at the start of a joint title: 青禾县财政局 青禾县教育局关于……. */
const BODY_END =
  /(?:政府|委员会|管委会|党委|党组|委|办公厅|办公室|厅|局|部|司|处|署|院|会|中心|银行|分行|公司|集团|支队|总队)$/;
const NUMBER_LINE = /^[\s　]{0,40}[\u4e00-\u9fff]{2,12}〔(?:19|20)\d{2}〕\d{1,4}号[\s　]{0,40}$/;
const MAX_HEAD_LINES = 16;

export const joint: DocumentRule = {
  id: 'document.joint',
  scope: 'document',
  title: { zh: '联合行文', en: 'Joint documents' },
  reason: {
    zh: '联合行文使用主办机关的发文字号，联合发文机关都要署名。',
    en: 'A joint document has only the number of the body in charge, and all issuing bodies sign it.',
  },
  authority: {
    zh: '《党政机关公文处理工作条例》第九条；GB/T 9704-2012 7.2.5、7.3.5',
    en: 'Regulation on official documents, article 9; GB/T 9704-2012, 7.2.5 and 7.3.5',
  },
  tier: 'regulation',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '青财发〔2026〕3号\n⟦青教发〔2026〕5号⟧\n\n青禾县财政局　青禾县教育局\n关于做好学校食堂补助的通知\n各乡镇人民政府：\n请抓好落实。',
      },
      {
        text: '青禾县财政局　青禾县教育局关于做好学校食堂补助的通知\n各乡镇人民政府：\n请抓好落实。\n⟦青禾县财政局⟧\n2026年5月8日',
      },
    ],
    clean: [
      {
        text: '青财发〔2026〕3号\n\n青禾县财政局　青禾县教育局关于做好学校食堂补助的通知\n各乡镇人民政府：\n请抓好落实。\n青禾县财政局　青禾县教育局\n2026年5月8日',
      },
      {
        text: '青禾县财政局关于做好学校食堂补助的通知\n各乡镇人民政府：\n请抓好落实。\n青禾县财政局\n2026年5月8日',
      },
      {
        text: '青禾县财政局　青禾县教育局关于做好学校食堂补助的通知\n各乡镇人民政府：\n请抓好落实。\n青禾县财政局办公室\n2026年5月8日',
      },
    ],
  },
  check(analysis) {
    const main = officialDocuments(analysis).find(({ isMain }) => isMain);
    if (!main) return [];
    return [...secondNumber(analysis, main), ...missingSigner(analysis, main)];
  },
};

/** A second document number above the title. */
function* secondNumber({ text, lines }: Analysis, { title }: OfficialDocument): Generator<Finding> {
  const last = lines.lineAt(title.start);
  let seen = 0;
  for (let line = Math.max(0, last - MAX_HEAD_LINES); line < last; line++) {
    const words = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + 80));
    if (!NUMBER_LINE.test(words) || ++seen < 2) continue;
    const start = lines.start(line) + words.length - words.trimStart().length;
    yield {
      start,
      end: start + words.trim().length,
      message: {
        zh: '联合行文只用主办机关的发文字号。',
        en: 'A joint document has one number, that of the body in charge.',
      },
    };
  }
}

/** The signature if it lacks bodies that the title names. */
function* missingSigner({ text }: Analysis, { title, signOff }: OfficialDocument): Generator<Finding> {
  const head = text.slice(title.start, title.end).split('关于')[0] ?? '';
  const bodies = head.split(/[\s　、]+/).filter((name) => name !== '');
  if (!signOff || bodies.length < 2 || !bodies.every((name) => name.length >= 4 && BODY_END.test(name))) return;
  const words = text.slice(signOff.start, signOff.end);
  const names = words.split(/[\s　\n]+/);
  const signed = bodies.filter((name) => names.includes(name));
  const missing = bodies.filter((name) => !words.includes(name));
  const [first] = signed;
  if (first === undefined || missing.length === 0 || signed.length + missing.length !== bodies.length) return;
  // Signed by their short names, or one below the other: as many names as bodies.
  if (names.filter((name) => BODY_END.test(name)).length >= bodies.length) return;
  const start = signOff.start + words.indexOf(first);
  yield {
    start,
    end: start + first.length,
    message: {
      zh: '标题列有{0}，署名里没有：联合发文机关都要署名。',
      en: 'The title names {0}, the signature does not: all issuing bodies sign.',
      values: [missing.join('、')],
    },
  };
}
