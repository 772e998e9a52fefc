/** Valid values of the fields of a draft's head, and the problems of others. */
import { FORM_CHOICES, formNamed, HEAD_FIELDS, type HeadField } from '../structure/draftHead';
import type { Message } from '../text/message';
import { classificationProblem } from './document/classification';

const NUMBER =
  /^(?:[\u4e00-\u9fff、]{1,20}〔(?:[12]\d{3}|[×xXＸ*_]{1,4})〕(?:[1-9]\d{0,4}|[×xXＸ*_]{1,8})号|第(?:[1-9]\d{0,4}|[×xXＸ*_]{1,8})号)$/;
const DATE = /^([12]\d{3})年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日(?:印发)?$/;
const NAMES = /^[\u4e00-\u9fff·、，,\s\u3000]{2,60}$/;
const YES_OR_NO = /^(?:是|否|有|无|不|yes|no|true|false)$/i;

/** Values to choose from, the commonest first; none for free-text fields. */
export const HEAD_VALUES: Readonly<Partial<Record<HeadField, readonly string[]>>> = {
  copyNumber: ['000001'],
  secrecy: ['秘密★1年', '秘密★3年', '机密★1年', '机密★5年', '绝密★长期'],
  urgency: ['加急', '特急'],
  note: ['此件公开发布', '此件发至县团级', '此件依申请公开'],
  seal: ['是', '否'],
  form: FORM_CHOICES,
};

/** Description of each field, for completion. */
export const HEAD_HINTS: Readonly<Record<HeadField, Message>> = {
  copyNumber: { zh: '公文印制份数的顺序号，6 位数字', en: 'Number of the copy, six figures' },
  secrecy: { zh: '密级和保密期限，如“机密★1年”', en: 'Classification with its term: 机密★1年' },
  urgency: { zh: '特急或加急', en: 'Urgency: 特急 or 加急' },
  issuer: { zh: '发文机关全称或规范化简称，排成红头', en: 'Who issues the document; becomes its red mark' },
  number: { zh: '如“青政发〔2026〕3号”，正文里没有时才用', en: 'Number of the document, where the text has none' },
  signer: { zh: '上行文的签发人姓名', en: 'Who signs, in texts to a higher body' },
  note: { zh: '成文日期下的附注，不用写括号', en: 'Note below the date, without brackets' },
  copyTo: { zh: '版记中的抄送机关', en: 'Who gets copies' },
  issuedBy: { zh: '版记中的印发机关', en: 'Who prints the document' },
  issuedOn: { zh: '版记中的印发日期，如“2026年3月5日”', en: 'When it is printed: 2026年3月5日' },
  seal: {
    zh: '是否加盖印章，决定署名和日期的位置',
    en: 'Whether it is sealed, which decides the position of the signature',
  },
  form: { zh: '排成哪种版式', en: 'The form it is laid out in' },
};

/** What is wrong with `value` for `field`; undefined if nothing is. */
export function headValueProblem(field: HeadField, value: string): Message | undefined {
  switch (field) {
    case 'copyNumber':
      return /^\d{6}$/.test(value)
        ? undefined
        : { zh: '份号用6位阿拉伯数字，如“000001”。', en: 'The copy number has six figures: 000001.' };
    case 'secrecy':
      return classificationProblem(value);
    case 'urgency':
      return /^(?:特急|加急|特提|平急)$/.test(value)
        ? undefined
        : {
            zh: '紧急程度写“特急”或“加急”（电报另有特提、平急）。',
            en: 'The urgency is 特急 or 加急 (for telegrams also 特提, 平急).',
          };
    case 'number':
      return NUMBER.test(value)
        ? undefined
        : {
            zh: '发文字号写作“青政发〔2026〕3号”：年份用六角括号，序号不编虚位、不加“第”字；令号写作“第3号”。',
            en: 'The number is written 青政发〔2026〕3号: the year in 〔〕, the number without zeros or 第; of an order 第3号.',
          };
    case 'signer':
      return NAMES.test(value)
        ? undefined
        : { zh: '这里只写签发人姓名，多人之间用顿号。', en: 'Write only names here, separated by 、.' };
    case 'issuedOn':
      return DATE.test(value)
        ? undefined
        : { zh: '日期用阿拉伯数字标全，如“2026年3月5日”。', en: 'The date is written in full: 2026年3月5日.' };
    case 'seal':
      return YES_OR_NO.test(value) ? undefined : { zh: '这里写“是”或“否”。', en: 'Write 是 or 否.' };
    case 'form':
      return formNamed(value)
        ? undefined
        : {
            zh: '没有版式“{0}”，可用的有：{1}。',
            en: 'Unknown form “{0}”; possible forms: {1}.',
            values: [value, FORM_CHOICES.join('、')],
          };
    case 'copyTo':
      return /^(?:抄送|主送)[：:]/.test(value)
        ? { zh: '“抄送：”由版式排出，这里只写机关名称。', en: '抄送： is set by the layout; write only the names.' }
        : undefined;
    default:
      return undefined;
  }
}

/** The known name that `name` was probably meant to be; undefined if none is near. */
export function nearestHeadName(name: string): string | undefined {
  let best: string | undefined;
  let least = 2;
  for (const names of Object.values(HEAD_FIELDS)) {
    for (const known of names) {
      const apart = distance(name, known);
      // One different character of two is another word.
      if (apart < least && apart * 2 < known.length) {
        best = known;
        least = apart;
      }
    }
  }
  return best;
}

/** Edit distance: number of characters to insert, delete or replace. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 1) return 2;
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] as number) + 1,
          (current[column - 1] as number) + 1,
          (previous[column - 1] as number) + same,
        ),
      );
    }
    previous = current;
  }
  return previous[other.length] as number;
}
