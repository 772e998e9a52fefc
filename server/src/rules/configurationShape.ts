/**
 * `.policytext.json`, declared once: its members, the errors for other values, and the schema in schemas/ with which
 * editors complete and check them (`npm run docs`).
 */
// Imported by its path: the package's main file is a UMD build, which bundlers cannot follow.
import { findNodeAtLocation } from 'jsonc-parser/lib/esm/main.js';
import { HEAD_FIELDS, type HeadField, headFieldNamed } from '../structure/draftHead';
import { PROFILE_SETTINGS } from '../structure/profileNames';
import {
  choice,
  either,
  type JsonSchema,
  like,
  list,
  object,
  record,
  refined,
  type Shape,
  text,
} from '../text/jsonShape';
import type { Message } from '../text/message';
import { HEAD_HINTS, HEAD_VALUES, headValueProblem } from './headValues';
import type { IgnoreEntry } from './ignoring';
import type { Rule, RuleSetting } from './rule';
import { SEVERITY_SETTINGS } from './severity';
import { WORD_LISTS } from './wordListConfiguration';

/** The whole file. `rules` are those that can be configured and ignored. */
export function configurationShape(rules: readonly Rule[]) {
  return object(
    {
      $schema: ANYTHING,
      profile: PROFILE,
      rules: ruleSettings(rules),
      ignore: ignored(rules),
      spelling: WORD_LISTS,
      siblings: SIBLINGS,
      layout: LAYOUT,
    },
    {},
    { called: { zh: '配置文件', en: 'The configuration file' } },
  );
}

/** The JSON schema of `.policytext.json`. */
export function configurationSchema(rules: readonly Rule[]): JsonSchema {
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title: '笔杆 Policy Text' };
  return { ...head, ...configurationShape(rules).schema() };
}

/** JSON schema of the rules' settings; a key that is not a rule's id may be a group's or a former one. */
export function ruleSettingsSchema(rules: readonly Rule[]): JsonSchema {
  const describe = (rule: Rule) =>
    `**${rule.title.zh}**：${rule.reason.zh}（${rule.authority.zh}；默认 \`${rule.severity}\`）\n\n` +
    `**${rule.title.en}**: ${rule.reason.en} (default: \`${rule.severity}\`)`;
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...rules]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((rule) => [rule.id, { markdownDescription: describe(rule), ...ruleSetting(rule).schema() }]),
    ),
    additionalProperties: ruleSetting(undefined).schema(),
  };
}

/** For editors; its content is never read. */
const ANYTHING: Shape<true> = { schema: () => ({ type: 'string' }), read: () => true };

const PROFILE = choice(
  PROFILE_SETTINGS,
  { zh: '体例应为 {0} 之一', en: 'The profile is one of {0}' },
  {
    description:
      '文稿的体例，决定适用哪些规则；auto 为自动识别。 The kind of text, which decides what rules apply; auto recognises it.',
    default: 'auto',
  },
);

const SEVERITY = choice(SEVERITY_SETTINGS, { zh: '级别应为 {0} 之一', en: 'The severity is one of {0}' });

function ruleSettings(rules: readonly Rule[]): Shape<Record<string, RuleSetting>> {
  const known = knownRules(rules);
  const shapeOf = (id: string) => {
    const rule = known(id);
    return rule === undefined ? noSuchRule(id) : ruleSetting(rule === 'group' ? undefined : rule);
  };
  const description = '各条规则的级别和选项。 Severity and options of each rule.';
  return record(shapeOf, () => ({ description, ...ruleSettingsSchema(rules) }));
}

/** The severity of a rule, or an object with its options; a group has no options. */
function ruleSetting(rule: Rule | undefined): Shape<RuleSetting> {
  const options = Object.entries(rule?.options ?? {}).map(([name, { default: standard, description }]) => [
    name,
    like(standard, `${description.zh} ${description.en}`),
  ]);
  const members: Record<string, Shape<unknown>> = { severity: SEVERITY, ...Object.fromEntries(options) };
  return either((node) => node.type === 'string', SEVERITY, object(members, {}, { open: true }), 'anyOf');
}

const SIBLINGS: Shape<string[][]> = {
  schema: () => ({
    description:
      '数据应当一致的文稿（报告和摘要、计划和预算），一组一个列表，文件相对于本文件所在的文件夹。 Drafts whose figures ought to agree (report and summary, plan and budget), a list for each group; files relative to this folder.',
    type: 'array',
    items: { type: 'array', minItems: 2, items: { type: 'string' } },
  }),
  read(node, report) {
    return (node.type === 'array' ? (node.children ?? []) : [node]).flatMap((child) => {
      const files = child.children?.map(({ value }) => value as unknown) ?? [];
      if (child.type === 'array' && files.length >= 2 && files.every((file) => typeof file === 'string')) {
        return [files as string[]];
      }
      report(child, {
        zh: '“siblings”里的每一项应当是两个以上文件名的列表，如 ["报告.txt", "摘要.txt"]',
        en: 'Each entry of “siblings” must be a list of two file names or more, such as ["report.txt", "summary.txt"]',
      });
      return [];
    });
  },
};

/**
 * Fields as in the head of a draft. A value is accepted even if it is wrong, because the page shows it; empty means not
 * used.
 */
function headValue(field: HeadField): Shape<string> {
  const { zh, en } = HEAD_HINTS[field];
  const examples = HEAD_VALUES[field];
  return refined(text({ description: `${zh}。 ${en}.`, ...(examples && { examples }) }), (value, node, report) => {
    const problem = value === '' ? undefined : headValueProblem(field, value);
    if (problem) report(node, problem);
    return value;
  });
}

/** By the canonical name, the first of each field's. */
const HEAD = object(
  Object.fromEntries(Object.entries(HEAD_FIELDS).map(([field, [name]]) => [name, headValue(field as HeadField)])),
  {
    description:
      '各篇共用的要素；文稿自己开头写的优先，留空即不用。 What holds for all drafts; a draft’s own head stands over it.',
  },
  {
    declared: (written) => {
      const field = headFieldNamed(written);
      return field && HEAD_FIELDS[field][0];
    },
  },
);

const LAYOUT = object(
  {
    head: refined(
      HEAD,
      (values) =>
        new Map(
          Object.entries(values).flatMap(([name, value]) => {
            const field = headFieldNamed(name);
            return field && value ? [[field, value] as const] : [];
          }),
        ),
    ),
    template: text(
      {
        description:
          '模板文件（*.layout-template.json），相对于本文件所在的文件夹。 Template file, relative to this folder.',
      },
      {
        filled: true,
        wrong: { zh: '“{0}”应当是模板文件的名称', en: '“{0}” must be the name of a template file' },
      },
    ),
  },
  {
    description:
      '预览和导出的版面：各篇共用的版头要素和本单位的模板。 Pages in preview and export: what stands on all documents, and the unit’s template.',
  },
);

function ignored(rules: readonly Rule[]): Shape<IgnoreEntry[]> {
  const known = knownRules(rules);
  const rule = '规则。 The rule.';
  const entry = object(
    {
      // Former ids and groups are accepted too.
      rule: {
        ...text({ description: rule }),
        schema: () => ({ enum: rules.map(({ id }) => id).sort(), description: rule }),
      },
      file: text({
        description:
          '文件，相对于本文件所在的文件夹；不写则不限文件。 The file, relative to this folder; any where absent.',
      }),
      text: text({ description: '被指出的文字；不写则为整个文件。 The words found fault with; all where absent.' }),
      before: text({ description: '紧接在前的文字。 The words right before them.' }),
      after: text({ description: '紧接在后的文字。 The words right after them.' }),
    },
    { required: ['rule'] },
    { called: { zh: '列表里的每一项', en: 'Each entry of the list' }, whole: true },
  );
  const description =
    '不再报告的问题，由“忽略”快速修复写入。 Findings to be left, written by the quick fixes that ignore them.';
  const checked = refined(entry, ({ rule, ...others }, node, report): IgnoreEntry | undefined => {
    if (rule === undefined) {
      report(node, { zh: '缺少“rule”：要忽略哪条规则', en: '“rule” is missing: which rule is to be ignored' });
    } else if (known(rule) === undefined) {
      report(findNodeAtLocation(node, ['rule']) ?? node, noSuchRule(rule));
    } else return { rule, ...others };
    return undefined;
  });
  return list(checked, { description });
}

/** Looks up a rule by its current or former id, or a group of rules. */
function knownRules(rules: readonly Rule[]): (id: string) => Rule | 'group' | undefined {
  return (id) =>
    rules.find((one) => one.id === id || one.aliases?.includes(id)) ??
    (rules.some((one) => one.id.startsWith(`${id}.`)) ? 'group' : undefined);
}

function noSuchRule(id: string): Message {
  return { zh: '没有规则“{0}”', en: 'Unknown rule “{0}”', values: [id] };
}
