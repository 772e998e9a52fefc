/** `policy-text lint`: reports the findings of the rules. */

import { coversRule } from '../rules/fixes';
import { rules } from '../rules/index';
import { capFindings, type LintConfiguration, lint, MAX_PER_RULE } from '../rules/lint';
import type { Severity } from '../rules/rule';
import { reaches, SEVERITIES, SEVERITY_SETTINGS, type ShownSeverity } from '../rules/severity';
import { analyse } from '../structure/analyse';
import { PROFILE_SETTINGS, type ProfileSetting } from '../structure/profileNames';
import type { Locale } from '../text/message';
import { type Call, type Command, type Option, UsageError } from './command';
import { Configurations } from './configuration';
import { Drafts, ENCODING_OPTION } from './drafts';
import type { DraftFindings } from './findings';
import { jsonReport } from './json';
import { LEXICON_OPTIONS, lexiconOf } from './lexicon';
import { githubReport, gitlabReport, reviewdogReport } from './pipelineFormats';
import { findingsOf, summary } from './pretty';
import { sarifReport } from './sarif';
import { SPELLING_OPTION, spellingOf } from './spelling';

type Format = 'pretty' | keyof typeof REPORTS;

/**
 * Formats in which all findings are printed together at the end. `complete` is false if some input could not be read.
 */
const REPORTS = {
  json: jsonReport,
  sarif: sarifReport,
  gitlab: gitlabReport,
  reviewdog: reviewdogReport,
  github: githubReport,
} satisfies Record<string, (all: readonly DraftFindings[], locale: Locale, complete: boolean) => string>;
const FORMATS = ['pretty', ...Object.keys(REPORTS)];

/** Configures rules; an option of every command that lints. */
export const RULE_OPTION: Option = {
  name: 'rule',
  value: 'ID=SEVERITY',
  repeatable: true,
  help: {
    en: 'set a rule or a group, numbering.gap=hint or punctuation=off; may be repeated',
    zh: '设定规则或一组规则的级别，如 numbering.gap=hint、punctuation=off；可多次给出',
  },
};

/** Sets the kind of text; an option of every command that lints. */
export const PROFILE_OPTION: Option = {
  name: 'profile',
  value: PROFILE_SETTINGS.join('|'),
  choices: PROFILE_SETTINGS,
  help: {
    en: 'the kind of text, which decides which rules apply (default: recognised from the text)',
    zh: '文稿的体例，决定适用哪些规则（默认自动识别）',
  },
};

export const lintCommand: Command = {
  name: 'lint',
  operands: 'PATH…',
  summary: { en: 'Check numbering, headings, placeholders and wording.', zh: '检查序号、标题、待补内容和用语。' },
  options: [
    {
      name: 'format',
      value: FORMATS.join('|'),
      choices: FORMATS,
      help: {
        en: 'how findings are shown (default: pretty); gitlab, reviewdog and github are for pipelines',
        zh: '结果格式（默认 pretty，便于阅读）；gitlab、reviewdog、github 供流水线使用',
      },
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: [...SEVERITIES, 'never'],
      help: {
        en: 'exit with 1 from this severity on: error, warning (default), information, hint, never',
        zh: '达到此级别即以 1 退出：error、warning（默认）、information、hint、never',
      },
    },
    {
      name: 'min-severity',
      value: 'SEVERITY',
      choices: SEVERITIES,
      help: { en: 'leave out less severe findings (default: hint)', zh: '不显示更轻的问题（默认 hint，全部显示）' },
    },
    {
      name: 'max-per-rule',
      value: 'N',
      help: {
        en: `list at most N findings of a rule in a file, and say how many more there are; 0 lists all (default: ${MAX_PER_RULE})`,
        zh: `每个文件每条规则最多列出 N 处，其余只报数目；0 表示全部列出（默认 ${MAX_PER_RULE}）`,
      },
    },
    RULE_OPTION,
    PROFILE_OPTION,
    ...LEXICON_OPTIONS,
    SPELLING_OPTION,
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'A PATH is a file, a folder (read with all drafts in it: .txt, .md, .gongwen, .docx), or - for standard input.',
      'The nearest .policytext.json in the folder of a draft or above sets the rules; --rule stands over it.',
      'Exit code: 0 clean, 1 findings from --fail-on on, 2 wrong usage or unreadable input.',
      '',
      'Examples:',
      '  policy-text lint drafts/ --fail-on never',
      '  policy-text lint speech.txt --rule heading.duplicate=off --format sarif > speech.sarif',
    ].join('\n'),
    zh: [
      'PATH 可以是文件、文件夹（连同其中所有文稿：.txt、.md、.gongwen、.docx），或 - 表示标准输入。',
      '文稿所在文件夹或其上层最近的 .policytext.json 设定各条规则；--rule 优先于它。',
      '退出码：0 没有问题，1 有达到 --fail-on 级别的问题，2 用法有误或有文件读不了。',
      '',
      '示例：',
      '  policy-text lint 文稿/ --fail-on never',
      '  policy-text lint 讲话.txt --rule heading.duplicate=off --format sarif > 讲话.sarif',
    ].join('\n'),
  },
  async run(call) {
    const { options, terminal, locale } = call;
    const fromOptions = configurationOf(call);
    const failOn = (options.value('fail-on') ?? 'warning') as ShownSeverity | 'never';
    const least = (options.value('min-severity') ?? 'hint') as ShownSeverity;
    const format = (options.value('format') ?? 'pretty') as Format;
    const most = mostPerRule(options.value('max-per-rule'));

    const drafts = new Drafts(terminal, locale, options.value('encoding'), { inFolders: true });
    const configurations = new Configurations(fromOptions, drafts);
    const lexicon = await lexiconOf(call);
    const spelling = await spellingOf(call);
    const all: DraftFindings[] = [];
    for await (const draft of drafts.read(call.operands)) {
      const analysis = analyse(draft.text, draft.kind);
      const configuration = await configurations.for(draft.name);
      const found = lint(analysis, configuration, lexicon, spelling).filter(({ severity }) => reaches(severity, least));
      const findings = capFindings(found, most);
      const shown = { draft, analysis, findings };
      all.push(shown);
      if (format === 'pretty') terminal.out(findingsOf(shown, terminal, locale));
    }
    if (format === 'pretty' && all.length > 0) terminal.out(summary(all, terminal, locale));
    else if (format !== 'pretty') terminal.out(REPORTS[format](all, locale, drafts.failures === 0));

    if (drafts.failures > 0) return 2;
    return all.some(({ findings }) => findings.some(({ severity }) => reaches(severity, failOn))) ? 1 : 0;
  },
};

/** The value of `--max-per-rule`. Throws {@link UsageError} for anything but a number. */
function mostPerRule(value: string | undefined): number {
  if (value === undefined) return MAX_PER_RULE;
  if (!/^\d{1,9}$/.test(value)) {
    throw new UsageError({
      en: 'Write --max-per-rule N with a whole number, not “{0}”.',
      zh: '--max-per-rule 应给出整数；“{0}”不对。',
      values: [value],
    });
  }
  return Number(value) || Number.POSITIVE_INFINITY;
}

/** Throws {@link UsageError} if `id` is neither a rule nor a group of rules. */
export function checkRule(id: string): void {
  if (rules.some((rule) => coversRule(id, rule))) return;
  throw new UsageError({
    en: 'Unknown rule “{0}”. The rules are: {1}.',
    zh: '没有规则“{0}”。现有规则：{1}。',
    values: [id, rules.map((rule) => rule.id).join(', ')],
  });
}

/**
 * The configuration from the options `--rule` and `--profile` of `call`. Throws {@link UsageError} for unknown rules.
 */
export function configurationOf({ options }: Call): LintConfiguration {
  const settings: Record<string, Severity> = {};
  for (const setting of options.values('rule')) {
    const [, id, severity] = /^([^=]*)=(.*)$/.exec(setting) ?? [];
    if (id === undefined || !SEVERITY_SETTINGS.includes(severity as Severity)) {
      throw new UsageError({
        en: 'Write --rule ID=SEVERITY with one of {0}, not “{1}”.',
        zh: '应写作 --rule 规则=级别，级别为 {0} 之一；“{1}”不对。',
        values: [SEVERITY_SETTINGS.join(' | '), setting],
      });
    }
    checkRule(id);
    settings[id] = severity as Severity;
  }
  const profile = options.value('profile') as ProfileSetting | undefined;
  return { ...(profile && { profile }), rules: settings };
}
