/** Generates the documentation of rules from the rules themselves. */
import type { Rule, RuleExample } from './rule';

const TIERS: Readonly<Record<Rule['tier'], string>> = {
  regulation: '法规规定 regulation',
  standard: '国家标准 national standard',
  practice: '行文惯例 practice',
  house: '本单位约定 house style',
};

/** The page of one rule, in Markdown and in both languages. ⟦…⟧ marks what is reported. */
export function ruleDocument(rule: Rule): string {
  const parts = [
    `# ${rule.id}`,
    `**${rule.title.zh}** · ${rule.title.en}`,
    [
      '| | |',
      '| --- | --- |',
      `| 默认级别 Default severity | \`${rule.severity}\` |`,
      `| 依据 Authority | ${authority(rule)} |`,
      `| 性质 Tier | ${TIERS[rule.tier]} |`,
      `| 可自动改正 Safe fix | ${safeFix(rule)} |`,
      ...(rule.aliases?.length ? [`| 旧代号 Former ids | ${rule.aliases.map((id) => `\`${id}\``).join(' ')} |`] : []),
    ].join('\n'),
    '## 为什么 Why',
    rule.reason.zh,
    rule.reason.en,
    '## 会提示 Reported',
    ...rule.examples.flagged.flatMap((example) => [
      code(example.text, example),
      ...(example.fixed === undefined ? [] : ['改为 becomes', code(example.fixed, example)]),
    ]),
    '## 不提示 Allowed',
    ...rule.examples.clean.map((example) => code(example.text, example)),
    '## 设置 Settings',
    code(`{ "policyText.rules": { "${rule.id}": "off" } }`, undefined, 'json'),
  ];
  const options = Object.entries(rule.options ?? {});
  if (options.length > 0) {
    parts.push(
      [
        '| 选项 Option | 默认 Default | |',
        '| --- | --- | --- |',
        ...options.map(([name, { default: value, description }]) => {
          return `| \`${name}\` | \`${JSON.stringify(value)}\` | ${cell(description.zh)} ${cell(description.en)} |`;
        }),
      ].join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** The list of all pages, in Markdown. */
export function ruleIndex(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      (rule) =>
        `| [${rule.id}](${rule.id}.md) | ${rule.title.zh} ${cell(rule.title.en)} | \`${rule.severity}\` | ${rule.safeFix ? '✓' : ''} | ${authority(rule)} |`,
    );
  return `${[
    '# 规则 Rules',
    '',
    '本目录由规则生成（`npm run docs`）。 These pages are made from the rules by `npm run docs`.',
    '',
    '| 代号 Id | | 默认级别 Default | 可自动改正 Safe fix | 依据 Authority |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`;
}

function authority({ authority: { zh, en } }: Rule): string {
  return cell(zh === en.replaceAll(',', '') ? zh : `${zh} · ${en}`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A fence longer than any run of backticks in `text`. */
function code(
  text: string,
  example: RuleExample | undefined,
  language = example?.kind === 'markdown' ? 'markdown' : 'text',
): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function safeFix({ safeFix, fixesOnRequest }: Rule): string {
  if (safeFix) return '是 yes';
  return fixesOnRequest ? '否；指明本规则时改正确定的 no; certain ones if asked for by name' : '否 no';
}
