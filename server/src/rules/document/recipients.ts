import type { Analysis } from '../../structure/analysis';
import type { Span } from '../../text/span';
import type { DocumentRule, Finding } from '../rule';
import { IMPRINT, type OfficialDocument, officialDocuments, placeOf } from './officialDocument';

const COPIED = /^[\s　]{0,8}抄送[：:][\s　]{0,8}(?=\S)/;
const BELOW =
  /各(?:乡镇|乡|镇|街道|县|区|市州|科室|股室|村|社区|下属|直属单位|所属)|所属(?:各)?单位|[\u4e00-\u9fff]{2,6}(?:村民委员会|村委会|居委会)/;
const MAX_LIST = 200;

export const recipients: DocumentRule = {
  id: 'document.recipients',
  scope: 'document',
  title: { zh: '请示的主送、抄送', en: 'Who receives a request' },
  reason: {
    zh: '向上级机关行文，原则上主送一个上级机关，根据需要同时抄送相关上级机关和同级机关，不抄送下级机关。',
    en: 'A document to a superior is normally addressed to one superior, and no copy goes to lower bodies.',
  },
  authority: {
    zh: '《党政机关公文处理工作条例》第十五条',
    en: 'Regulation on official documents, article 15',
  },
  tier: 'regulation',
  severity: 'hint',
  safeFix: false,
  examples: {
    flagged: [
      { text: '关于拨付防汛经费的请示\n⟦县财政局、县水利局⟧：\n需要经费三十万元。\n妥否，请批示。' },
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。\n青禾镇人民政府\n2026年5月8日\n抄送：县水利局，⟦各村⟧。',
      },
    ],
    clean: [
      { text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。' },
      { text: '关于做好防汛工作的通知\n各乡镇人民政府，县政府各部门：\n请抓好落实。\n抄送：各村。' },
      {
        text: '关于拨付防汛经费的请示\n县财政局：\n需要经费三十万元。\n妥否，请批示。\n青禾镇人民政府\n2026年5月8日\n抄送：县水利局。',
      },
      {
        text: '关于报送格式样本的请示\n县财政局：\n样本见附件。妥否，请批示。\n青禾镇人民政府\n2026年5月8日\n附件\n关于做好防汛工作的通知\n各村：\n请抓好落实。\n青禾镇人民政府\n2026年5月8日\n抄送：各社区。',
      },
    ],
  },
  check(analysis) {
    const { text } = analysis;
    const findings: Finding[] = [];
    for (const document of officialDocuments(analysis)) {
      if (document.genre !== '请示') continue;
      const { addressees } = document;
      if (
        addressees &&
        /[、，,]/.test(text.slice(addressees.start, addressees.end).replace(/（[^（）]{0,40}）/g, ''))
      ) {
        findings.push({
          ...addressees,
          message: {
            zh: '请示原则上只主送一个上级机关，其他机关用抄送。',
            en: 'A request normally goes to one superior; others get a copy.',
          },
        });
      }
      const copied = copiesOf(analysis, document);
      const below = copied && BELOW.exec(text.slice(copied.start, copied.end));
      if (copied && below) {
        findings.push({
          ...placeOf(below, copied.start),
          message: { zh: '请示不抄送下级机关。', en: 'No copy of a request goes to lower bodies.' },
        });
      }
    }
    return findings;
  },
};

/**
 * The copy recipients of `document`: the line right below its own sign-off, or, for the main document, the imprint at
 * the end of the text unless an attached document is signed before it and could own it.
 */
function copiesOf(analysis: Analysis, document: OfficialDocument): Span | undefined {
  const { text, lines } = analysis;
  const listIn = (line: number): Span | undefined => {
    const start = lines.start(line);
    const words = text.slice(start, Math.min(lines.end(line), start + MAX_LIST));
    const head = COPIED.exec(words);
    return head ? { start: start + head[0].length, end: start + words.length } : undefined;
  };
  const from = lines.lineAt(document.signOff?.end ?? document.body.end);
  for (let line = document.signOff ? from + 1 : from, seen = 0; line < lines.count && seen < 2; line++) {
    const words = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + MAX_LIST));
    if (words.trim() === '') continue;
    seen++;
    const list = listIn(line);
    if (list) return list;
    if (/^[\s　]*附件/.test(words)) break;
  }
  const others = officialDocuments(analysis).filter((one) => one !== document);
  if (!document.isMain || others.some(({ signOff }) => signOff)) return undefined;
  for (let line = lines.count - 1, seen = 0; line > from && seen < 4; line--) {
    const words = text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + MAX_LIST));
    if (words.trim() === '') continue;
    seen++;
    if (!IMPRINT.test(words)) break;
    const list = listIn(line);
    if (list) return list;
  }
  return undefined;
}
