/** The documentation of rules and the schema of their settings, both made from the rules themselves. */
import { HEAD_FIELDS, type HeadField } from '../structure/draftHead';
import { HEAD_HINTS, HEAD_VALUES } from './headValues';
import { PROFILE_SETTINGS } from './profiles';
import type { Rule, RuleExample } from './rule';
import { wordListSchema } from './wordListConfiguration';

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
      `| 可自动改正 Safe fix | ${rule.safeFix ? '是 yes' : '否 no'} |`,
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

const SEVERITY = { enum: ['error', 'warning', 'information', 'hint', 'off'] } as const;

/** JSON schema of the rules' settings; what is no rule's id may be a group's or a former one. */
export function ruleSettingsSchema(rules: readonly Rule[]): Record<string, unknown> {
  const setting = (rule?: Rule) => ({
    anyOf: [
      SEVERITY,
      {
        type: 'object',
        properties: {
          severity: SEVERITY,
          ...Object.fromEntries(
            Object.entries(rule?.options ?? {}).map(([name, option]) => [
              name,
              {
                type: typeof option.default,
                default: option.default,
                description: `${option.description.zh} ${option.description.en}`,
              },
            ]),
          ),
        },
      },
    ],
  });
  const describe = (rule: Rule) =>
    `**${rule.title.zh}**：${rule.reason.zh}（${rule.authority.zh}；默认 \`${rule.severity}\`）\n\n` +
    `**${rule.title.en}**: ${rule.reason.en} (default: \`${rule.severity}\`)`;
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...rules]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((rule) => [rule.id, { markdownDescription: describe(rule), ...setting(rule) }]),
    ),
    additionalProperties: setting(),
  };
}

/** JSON schema of `.policytext.json`. */
export function configurationSchema(rules: readonly Rule[]): Record<string, unknown> {
  const text = (description: string) => ({ type: 'string', description });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '笔杆 Policy Text',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      profile: {
        description:
          '文稿的体例，决定适用哪些规则；auto 为自动识别。 The kind of text, which decides what rules apply; auto recognises it.',
        enum: PROFILE_SETTINGS,
        default: 'auto',
      },
      rules: {
        description: '各条规则的级别和选项。 Severity and options of each rule.',
        ...ruleSettingsSchema(rules),
      },
      spelling: wordListSchema(),
      siblings: {
        description:
          '数据应当一致的文稿（报告和摘要、计划和预算），一组一个列表，文件相对于本文件所在的文件夹。 Drafts whose figures ought to agree (report and summary, plan and budget), a list for each group; files relative to this folder.',
        type: 'array',
        items: { type: 'array', minItems: 2, items: { type: 'string' } },
      },
      layout: {
        description:
          '预览和导出的版面：各篇共用的版头要素和本单位的模板。 Pages in preview and export: what stands on all documents, and the unit’s template.',
        type: 'object',
        additionalProperties: false,
        properties: {
          head: {
            description:
              '各篇共用的要素；文稿自己开头写的优先，留空即不用。 What holds for all drafts; a draft’s own head stands over it.',
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(
              Object.entries(HEAD_FIELDS).map(([field, [name]]) => {
                const { zh, en } = HEAD_HINTS[field as HeadField];
                const examples = HEAD_VALUES[field as HeadField];
                return [name, { type: 'string', description: `${zh}。 ${en}.`, ...(examples && { examples }) }];
              }),
            ),
          },
          template: text(
            '模板文件（*.layout-template.json），相对于本文件所在的文件夹。 Template file, relative to this folder.',
          ),
        },
      },
      ignore: {
        description:
          '不再报告的问题，由“忽略”快速修复写入。 Findings to be left, written by the quick fixes that ignore them.',
        type: 'array',
        items: {
          type: 'object',
          required: ['rule'],
          additionalProperties: false,
          properties: {
            rule: { enum: rules.map(({ id }) => id).sort(), description: '规则。 The rule.' },
            file: text(
              '文件，相对于本文件所在的文件夹；不写则不限文件。 The file, relative to this folder; any where absent.',
            ),
            text: text('被指出的文字；不写则为整个文件。 The words found fault with; all where absent.'),
            before: text('紧接在前的文字。 The words right before them.'),
            after: text('紧接在后的文字。 The words right after them.'),
          },
        },
      },
    },
    additionalProperties: false,
  };
}
