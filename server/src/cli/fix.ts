/** `policy-text fix`: applies the fixes that never change meaning. */
import { fixAll } from '../rules/fixes';
import { misspelling } from '../rules/text/misspelling';
import type { Command } from './command';
import { Configurations } from './configuration';
import { Drafts, ENCODING_OPTION } from './drafts';
import { LEXICON_OPTIONS, lexiconOf } from './lexicon';
import { checkRule, configurationOf, PROFILE_OPTION, RULE_OPTION } from './lint';
import { rewriteAll, WRITING_OPTIONS } from './rewriteDrafts';
import { spellingOf } from './spelling';

export const fixCommand: Command = {
  name: 'fix',
  operands: 'PATH…',
  summary: { en: 'Apply the fixes that are safe.', zh: '自动改正有唯一稳妥改法的问题。' },
  options: [
    ...WRITING_OPTIONS,
    {
      name: 'only',
      value: 'ID',
      repeatable: true,
      help: {
        en: 'fix only findings of this rule or group; may be repeated; text.misspelling corrects what is certainly misspelt',
        zh: '只改这条规则或这组规则的问题，可多次给出；给出 text.misspelling 时改正确定的错别字',
      },
    },
    RULE_OPTION,
    PROFILE_OPTION,
    ...LEXICON_OPTIONS,
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Makes only fixes that never change meaning; what is left is for “policy-text lint” and for you.',
      'Words are changed only where asked: --only text.misspelling corrects the misspellings that lint warns about.',
      'With neither --diff nor --write the mended text of one draft goes to standard output.',
      '--write keeps the encoding, the byte order mark and the line ends of each file.',
      'Exit code: 0 fine, also where nothing needed mending; 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '只做不改变文意的改动；其余问题请用 policy-text lint 查看，自行定夺。',
      '字词只在指明时改：--only text.misspelling 改正 lint 以警告列出的错别字。',
      '不带 --diff、--write 时，把一份文稿改好的全文写到标准输出。',
      '--write 保持文件原有的编码、BOM 和换行方式。',
      '退出码：0 正常（包括无需改动），2 用法有误或有文件读不了、写不了。',
    ].join('\n'),
  },
  async run(call) {
    const { options, terminal, locale } = call;
    const fromOptions = configurationOf(call);
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const configurations = new Configurations(fromOptions, drafts);
    const lexicon = await lexiconOf(call);
    const only = rulesOf(options.values('only'));
    // No fix of a misspelling is safe: unasked, loading the model would be wasted time.
    const spelling = only?.includes(misspelling.id) ? await spellingOf(call) : undefined;
    return rewriteAll(call, drafts, async ({ name, text, kind }) =>
      fixAll(text, kind, { configuration: await configurations.for(name), lexicon, spelling, only }),
    );
  },
};

/** The rules and groups named, or undefined for all. Throws {@link UsageError} for an unknown one. */
function rulesOf(values: readonly string[]): readonly string[] | undefined {
  const ids = values.flatMap((value) => value.split(',')).map((id) => id.trim());
  if (ids.length === 0) return undefined;
  for (const id of ids) checkRule(id);
  return ids;
}
