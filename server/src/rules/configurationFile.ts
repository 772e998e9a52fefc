/**
 * `.policytext.json`: the rules' settings a team shares, and the findings it has decided to leave. Read tolerantly: what is
 * wrong is reported with its place, the rest holds.
 */

import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from 'jsonc-parser/lib/esm/main.js';
import type { WordLists } from '../spelling/wordRules';
// By its path: the package's main file is a UMD build, which no bundler can follow.
import { HEAD_FIELDS, type HeadField, type HeadValues, headFieldNamed } from '../structure/draftHead';
import type { Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { headValueProblem } from './headValues';
import type { IgnoreEntry } from './ignoring';
import { rules as allRules } from './index';
import { PROFILE_SETTINGS, type ProfileSetting } from './profiles';
import type { Rule, RuleSetting } from './rule';
import { readWordLists } from './wordListConfiguration';

export interface ConfigurationProblem extends Span {
  readonly message: Message;
}

export interface FileConfiguration {
  /** Absent where the file does not say. */
  readonly profile?: ProfileSetting;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly ignore: readonly IgnoreEntry[];
  /** What the unit says of single words; absent where the file does not say. */
  readonly spelling?: WordLists;
  /** Files whose figures ought to agree, in groups, relative to the file's folder; absent where the file does not say. */
  readonly siblings?: readonly (readonly string[])[];
  /** What stands on every document of the unit, and the template that its pages are laid out by; absent where the file does not say. */
  readonly layout?: UnitLayout;
  readonly problems: readonly ConfigurationProblem[];
}

export interface UnitLayout {
  /** Beside what a draft's own head says, which stands over it. */
  readonly head: HeadValues;
  /** A file relative to the folder of the configuration. */
  readonly template?: string;
}

const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'];

/** No configuration nests deeper; the parser's calls nest as its values do. */
const DEEPEST = 32;

/** Where brackets nest deeper than in any configuration, outside of strings and comments; -1 where they do not. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*|[[{\]}]/g,
  )) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > DEEPEST) return index;
  }
  return -1;
}

/** Reads the text of a configuration file. Never throws, whatever the text. */
export function readConfigurationFile(text: string): FileConfiguration {
  const deep = tooDeepAt(text);
  if (deep >= 0) {
    const message = { zh: '括号嵌套太深，不像配置文件', en: 'Brackets nest too deeply for a configuration file' };
    return { rules: {}, ignore: [], problems: [{ start: deep, end: deep + 1, message }] };
  }
  const problems: ConfigurationProblem[] = [];
  const errors: ParseError[] = [];
  // A byte order mark is no JSON, and no mistake of the writer's.
  const root = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true, allowEmptyContent: true });
  for (const { offset, length } of errors) {
    problems.push({
      start: offset,
      end: offset + Math.max(1, length),
      message: {
        zh: '这里不合 JSON 的写法，请检查引号、逗号和括号',
        en: 'This is not well-formed JSON; check quotation marks, commas and brackets',
      },
    });
  }
  const rules: Record<string, RuleSetting> = {};
  const ignore: IgnoreEntry[] = [];
  let profile: ProfileSetting | undefined;
  let spelling: WordLists | undefined;
  let siblings: readonly (readonly string[])[] | undefined;
  let layout: UnitLayout | undefined;
  if (root) {
    for (const [name, value, key] of members(root, '配置文件', 'The configuration file', problems)) {
      if (name === 'rules') readRules(value, rules, problems);
      else if (name === 'ignore') readIgnore(value, ignore, problems);
      else if (name === 'profile') profile = readProfile(value, problems);
      else if (name === 'spelling')
        spelling = readWordLists(value, (node, message) => problems.push({ ...spanOf(node), message }));
      else if (name === 'siblings') siblings = readSiblings(value, problems);
      else if (name === 'layout') layout = readLayout(value, problems);
      else if (name !== '$schema') {
        const names = ['profile', 'rules', 'ignore', 'spelling', 'siblings', 'layout'];
        problems.push({ ...spanOf(key), message: unknownName(name, names) });
      }
    }
  }
  return {
    ...(profile && { profile }),
    ...(spelling && { spelling }),
    ...(siblings && { siblings }),
    ...(layout && { layout }),
    rules,
    ignore,
    problems: problems.sort((a, b) => a.start - b.start),
  };
}

/** The members of an object: name, value and the node of the name. */
function members(
  node: Node,
  zh: string,
  en: string,
  problems: ConfigurationProblem[],
): (readonly [string, Node, Node])[] {
  if (node.type !== 'object') {
    problems.push({
      ...spanOf(node),
      message: { zh: `${zh}应当是一个对象 { … }`, en: `${en} must be an object { … }` },
    });
    return [];
  }
  return (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    return key && value ? [[String(key.value), value, key] as const] : [];
  });
}

function readProfile(node: Node, problems: ConfigurationProblem[]): ProfileSetting | undefined {
  const profile = PROFILE_SETTINGS.find((one) => one === node.value);
  if (!profile) {
    problems.push({
      ...spanOf(node),
      message: { zh: '体例应为 {0} 之一', en: 'The profile is one of {0}', values: [PROFILE_SETTINGS.join(', ')] },
    });
  }
  return profile;
}

/** What is said for all drafts of the unit: lines as in the head of a draft, and the template. */
function readLayout(node: Node, problems: ConfigurationProblem[]): UnitLayout {
  const head = new Map<HeadField, string>();
  let template: string | undefined;
  for (const [name, value, key] of members(node, '“layout”', '“layout”', problems)) {
    if (name === 'template') {
      if (typeof value.value === 'string' && value.value.trim() !== '') template = value.value;
      else {
        const message = { zh: '“template”应当是模板文件的名称', en: '“template” must be the name of a template file' };
        problems.push({ ...spanOf(value), message });
      }
    } else if (name === 'head') {
      for (const [label, words, labelKey] of members(value, '“head”', '“head”', problems)) {
        const field = headFieldNamed(label);
        const known = Object.values(HEAD_FIELDS).map(([first]) => first);
        if (!field) problems.push({ ...spanOf(labelKey), message: unknownName(label, known) });
        else if (typeof words.value !== 'string') {
          const message = { zh: '“{0}”应当是文字', en: '“{0}” must be a text', values: [label] };
          problems.push({ ...spanOf(words), message });
        } else {
          const message = words.value === '' ? undefined : headValueProblem(field, words.value);
          if (message) problems.push({ ...spanOf(words), message });
          if (words.value !== '') head.set(field, words.value);
        }
      }
    } else problems.push({ ...spanOf(key), message: unknownName(name, ['head', 'template']) });
  }
  return { head, ...(template !== undefined && { template }) };
}

/** Groups of files, each a list of two names or more. */
function readSiblings(node: Node, problems: ConfigurationProblem[]): (readonly string[])[] {
  const groups: (readonly string[])[] = [];
  for (const child of node.type === 'array' ? (node.children ?? []) : [node]) {
    const files = child.children?.map(({ value }) => value as unknown) ?? [];
    if (child.type === 'array' && files.length >= 2 && files.every((file) => typeof file === 'string')) {
      groups.push(files as string[]);
      continue;
    }
    problems.push({
      ...spanOf(child),
      message: {
        zh: '“siblings”里的每一项应当是两个以上文件名的列表，如 ["报告.txt", "摘要.txt"]',
        en: 'Each entry of “siblings” must be a list of two file names or more, such as ["report.txt", "summary.txt"]',
      },
    });
  }
  return groups;
}

function readRules(node: Node, rules: Record<string, RuleSetting>, problems: ConfigurationProblem[]): void {
  for (const [id, value, key] of members(node, '“rules”', '“rules”', problems)) {
    const known = ruleNamed(id);
    if (!known) {
      problems.push({
        ...spanOf(key),
        message: { zh: '没有规则“{0}”', en: 'There is no rule “{0}”', values: [id] },
      });
      continue;
    }
    if (value.type === 'string') {
      if (isSeverity(value, problems)) rules[id] = value.value as RuleSetting;
      continue;
    }
    const setting: Record<string, unknown> = {};
    for (const [name, option, optionKey] of members(value, `“${id}”`, `“${id}”`, problems)) {
      const standard = known === true ? undefined : known.options?.[name]?.default;
      if (name === 'severity') {
        if (isSeverity(option, problems)) setting.severity = option.value;
      } else if (standard === undefined) {
        problems.push({ ...spanOf(optionKey), message: unknownName(name, optionsOf(known)) });
      } else if (typeof option.value === typeof standard) {
        setting[name] = option.value;
      } else {
        problems.push({
          ...spanOf(option),
          message: {
            zh: '“{0}”的值应当像 {1} 这样',
            en: '“{0}” takes a value such as {1}',
            values: [name, JSON.stringify(standard)],
          },
        });
      }
    }
    if (value.type === 'object') rules[id] = setting;
  }
}

function readIgnore(node: Node, ignore: IgnoreEntry[], problems: ConfigurationProblem[]): void {
  if (node.type !== 'array') {
    problems.push({
      ...spanOf(node),
      message: { zh: '“ignore”应当是一个列表 [ … ]', en: '“ignore” must be a list [ … ]' },
    });
    return;
  }
  for (const child of node.children ?? []) {
    const entry: Record<string, string> = {};
    let sound = true;
    for (const [name, value, key] of members(child, '列表里的每一项', 'Each entry of the list', problems)) {
      const names = ['rule', 'file', 'text', 'before', 'after'];
      if (!names.includes(name)) {
        problems.push({ ...spanOf(key), message: unknownName(name, names) });
      } else if (typeof value.value !== 'string') {
        sound = false;
        problems.push({
          ...spanOf(value),
          message: { zh: '“{0}”应当是文字', en: '“{0}” must be a text', values: [name] },
        });
      } else {
        entry[name] = value.value;
      }
    }
    if (child.type !== 'object' || !sound) continue;
    if (entry.rule !== undefined && ruleNamed(entry.rule)) {
      ignore.push(entry as unknown as IgnoreEntry);
      continue;
    }
    problems.push({
      ...spanOf(findNodeAtLocation(child, ['rule']) ?? child),
      message:
        entry.rule === undefined
          ? { zh: '缺少“rule”：要忽略哪条规则', en: '“rule” is missing: which rule is to be ignored' }
          : { zh: '没有规则“{0}”', en: 'There is no rule “{0}”', values: [entry.rule] },
    });
  }
}

/** The rule called `id`, now or formerly; true for a group of rules. */
function ruleNamed(id: string): Rule | true | undefined {
  const rule = allRules.find((one) => one.id === id || one.aliases?.includes(id));
  return rule ?? (allRules.some((one) => one.id.startsWith(`${id}.`)) || undefined);
}

function optionsOf(rule: Rule | true): string[] {
  return ['severity', ...(rule === true ? [] : Object.keys(rule.options ?? {}))];
}

function isSeverity(node: Node, problems: ConfigurationProblem[]): boolean {
  if (SEVERITIES.includes(node.value as string)) return true;
  problems.push({
    ...spanOf(node),
    message: {
      zh: '级别应为 {0} 之一',
      en: 'The severity is one of {0}',
      values: [SEVERITIES.join(', ')],
    },
  });
  return false;
}

function unknownName(name: string, names: readonly string[]): Message {
  return {
    zh: '这里没有“{0}”这一项，可用的有：{1}',
    en: 'There is no “{0}” here; there is: {1}',
    values: [name, names.join(', ')],
  };
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

const FORMATTING = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/** The edits that add `entry` to the configuration `text`; an empty text becomes a file, and nothing is done to one with errors. */
export function addIgnore(text: string, entry: IgnoreEntry): TextReplacement[] {
  return edited(text, ['ignore', -1], entry, true);
}

/** The edits that switch the rule `id` off in the configuration `text`. */
export function switchOff(text: string, id: string): TextReplacement[] {
  return edited(text, ['rules', id], 'off', false);
}

function edited(text: string, path: (string | number)[], value: unknown, isArrayInsertion: boolean): TextReplacement[] {
  if (tooDeepAt(text) >= 0) return [];
  const options = { ...FORMATTING, isArrayInsertion };
  if (text.trim() === '') {
    const whole = applyEdits('{}', modify('{}', path, value, options));
    return [{ start: 0, end: text.length, newText: `${whole}\n` }];
  }
  // What is not well-formed would be edited into nonsense; its problems are reported.
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const member = tree && findNodeAtLocation(tree, [path[0] as string]);
  const fits = !member || member.type === (isArrayInsertion ? 'array' : 'object');
  if (errors.length > 0 || tree?.type !== 'object' || !fits) return [];
  return modify(text, path, value, options).map(({ offset, length, content }) => ({
    start: offset,
    end: offset + length,
    newText: content,
  }));
}
