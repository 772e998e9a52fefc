/** `policy-text renumber`: renumbers, or converts to another numbering scheme. */

import { type Conversion, convertNumbering } from '../refactor/convertNumbering';
import type { EditOutcome } from '../refactor/editOutcome';
import {
  NUMBER_KIND_NAMES,
  NUMBER_KINDS,
  NUMBERING_SCHEME_NAMES,
  type NumberingScheme,
  numberKindNamed,
  schemeSample,
} from '../refactor/numberingSchemes';
import { renumbering } from '../refactor/renumber';
import { uncertainMessage } from '../refactor/uncertainReferences';
import { analyse } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { applyEdits } from '../text/textEdit';
import { type Call, type Command, UsageError } from './command';
import { Drafts, ENCODING_OPTION } from './drafts';
import { rewriteAll, WRITING_OPTIONS } from './rewriteDrafts';

const SCHEMES = NUMBERING_SCHEME_NAMES.map((name) => `${name} ${schemeSample(name)}`).join('; ');
const KINDS = NUMBER_KIND_NAMES.map((name) => NUMBER_KINDS[name].sample).join(' ');

export const renumberCommand: Command = {
  name: 'renumber',
  operands: 'PATH…',
  summary: {
    en: 'Renumber, or convert to another numbering scheme.',
    zh: '重新编号，或把序号换成另一种体例。',
  },
  options: [
    {
      name: 'scheme',
      value: NUMBERING_SCHEME_NAMES.join('|'),
      choices: NUMBERING_SCHEME_NAMES,
      help: { en: `convert to another numbering scheme: ${SCHEMES}`, zh: `把序号换成另一种体例：${SCHEMES}` },
    },
    {
      name: 'level',
      value: 'N',
      help: { en: 'only on this level; 1 is the highest', zh: '只改这一级，1 为最高一级' },
    },
    {
      name: 'marker',
      value: 'SAMPLE',
      help: {
        en: `with --level, the number one in the new style: ${KINDS}`,
        zh: `与 --level 合用，给出“一”的写法：${KINDS}`,
      },
    },
    ...WRITING_OPTIONS,
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Without --scheme and --marker the numbers are counted anew as they are written. References in the text',
      '(见第三部分第（二）条) and a printed table of contents follow. References that may mean another text or another section',
      'stay as they are and are listed on standard error.',
      'With neither --diff nor --write the text of one draft goes to standard output.',
      'Exit code: 0 fine, also where nothing changed; 2 wrong usage, unreadable input, or a draft whose numbers could not',
      'be read with certainty afterwards and which was left alone.',
      '',
      'Examples:',
      '  policy-text renumber plan.txt --scheme decimal --diff',
      '  policy-text renumber speech.txt --level 1 --marker 第一部分 --write',
    ].join('\n'),
    zh: [
      '不带 --scheme、--marker 时，按原来的写法重新编号。文中的引用（见第三部分第（二）条）和目录随之改动；',
      '不能确定所指的引用保持原样，在标准错误上列出。',
      '不带 --diff、--write 时，把一份文稿改好的全文写到标准输出。',
      '退出码：0 正常（包括无需改动），2 用法有误、有文件读不了，或者改后序号会辨认不清、因此没有改动。',
      '',
      '示例：',
      '  policy-text renumber 预案.txt --scheme decimal --diff',
      '  policy-text renumber 讲话.txt --level 1 --marker 第一部分 --write',
    ].join('\n'),
  },
  async run(call) {
    const conversion = conversionOf(call);
    const drafts = new Drafts(call.terminal, call.locale, call.options.value('encoding'));
    return rewriteAll(call, drafts, ({ name, text, kind }) => {
      const analysis = analyse(text, kind);
      const outcome = change(analysis, conversion);
      if ('message' in outcome) return outcome.unchanged ? { text, applied: 0 } : outcome;
      const uncertain = uncertainMessage(analysis, outcome.uncertain ?? []);
      if (uncertain) drafts.say(name, uncertain);
      return { text: applyEdits(text, outcome.edits), applied: outcome.edits.length };
    });
  },
};

function change(analysis: Analysis, conversion: Conversion | undefined): EditOutcome {
  return conversion ? convertNumbering(analysis, conversion) : renumbering(analysis, { document: true });
}

/** The conversion that the options ask for; undefined if the numbers are only to be corrected. */
function conversionOf({ options }: Call): Conversion | undefined {
  const scheme = options.value('scheme') as NumberingScheme | undefined;
  const marker = options.value('marker');
  const given = options.value('level');
  const level = given === undefined ? undefined : Number(given);
  if (level !== undefined && !(Number.isInteger(level) && level >= 1)) {
    throw new UsageError({
      en: '--level is a number from 1, not “{0}”.',
      zh: '--level 是从 1 起的整数，“{0}”不对。',
      values: [given ?? ''],
    });
  }
  if (scheme && marker === undefined) return { scheme, ...(level !== undefined && { level }) };
  const kind = marker === undefined ? undefined : numberKindNamed(marker);
  if (marker !== undefined && !kind) {
    throw new UsageError({
      en: 'Unknown number style “{0}”; choose one of {1}.',
      zh: '没有“{0}”这种写法，可选 {1}。',
      values: [marker, KINDS],
    });
  }
  if (kind && level !== undefined && !scheme) return { kind, level };
  if (level === undefined && !kind) return undefined;
  throw new UsageError({
    en: '--level goes with --scheme or with --marker, and --marker with --level alone.',
    zh: '--level 要与 --scheme 或 --marker 合用；--marker 只与 --level 合用。',
  });
}
