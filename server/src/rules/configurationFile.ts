/**
 * `.policytext.json`: a team's shared rule settings, and the findings it has decided to ignore. Parsed tolerantly:
 * errors are reported with their positions, the rest is used.
 */

// Imported by its path: the package's main file is a UMD build, which bundlers cannot follow.
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from 'jsonc-parser/lib/esm/main.js';
import type { WordLists } from '../spelling/wordRules';
import type { HeadValues } from '../structure/draftHead';
import type { ProfileSetting } from '../structure/profileNames';
import type { Report } from '../text/jsonShape';
import type { Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { configurationShape } from './configurationShape';
import type { IgnoreEntry } from './ignoring';
import { rules as allRules } from './index';
import type { RuleSetting } from './rule';

export interface ConfigurationProblem extends Span {
  readonly message: Message;
}

export interface FileConfiguration {
  /** Absent if not set in the file. */
  readonly profile?: ProfileSetting;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly ignore: readonly IgnoreEntry[];
  /** The unit's rules for single words; absent if not set in the file. */
  readonly spelling?: WordLists;
  /** Files whose figures ought to agree, in groups, relative to the file's folder; absent if not set in the file. */
  readonly siblings?: readonly (readonly string[])[];
  /** Elements of every document of the unit, and the template for its pages; absent if not set in the file. */
  readonly layout?: UnitLayout;
  readonly problems: readonly ConfigurationProblem[];
}

export interface UnitLayout {
  /** Defaults for fields that a draft's own head does not set. */
  readonly head: HeadValues;
  /** A file relative to the folder of the configuration. */
  readonly template?: string;
}

const SHAPE = configurationShape(allRules);

/** Maximum nesting depth of a configuration; the parser is recursive. */
const MAX_DEPTH = 32;

/** Offset at which brackets outside strings and comments exceed that depth; -1 if they do not. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*|[[{\]}]/g,
  )) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH) return index;
  }
  return -1;
}

/** Parses the text of a configuration file. Never throws, whatever the text. */
export function readConfigurationFile(text: string): FileConfiguration {
  const deep = tooDeepAt(text);
  if (deep >= 0) {
    const message = { zh: '括号嵌套太深，不像配置文件', en: 'Brackets nest too deeply for a configuration file' };
    return { rules: {}, ignore: [], problems: [{ start: deep, end: deep + 1, message }] };
  }
  const problems: ConfigurationProblem[] = [];
  const errors: ParseError[] = [];
  // A byte order mark is not JSON, and not the writer's mistake.
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
  const report: Report = (node, message) => problems.push({ ...spanOf(node), message });
  const { rules = {}, ignore = [], profile, spelling, siblings, layout } = (root && SHAPE.read(root, report, '')) ?? {};
  return {
    ...(profile && { profile }),
    ...(spelling && { spelling }),
    ...(siblings && { siblings }),
    ...(layout && {
      layout: { head: layout.head ?? new Map(), ...(layout.template && { template: layout.template }) },
    }),
    rules,
    ignore,
    problems: problems.sort((a, b) => a.start - b.start),
  };
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

const FORMATTING = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/**
 * The edits that add `entry` to the configuration `text`; an empty text becomes a file, and one with errors is left
 * unchanged.
 */
export function addIgnore(text: string, entry: IgnoreEntry): TextReplacement[] {
  return edited(text, ['ignore', -1], entry, true);
}

/** The edits that switch off the rule `id` in the configuration `text`. */
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
  // Malformed text would be edited into nonsense; its problems are reported.
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
