/** The member `spelling` of a configuration file: words that a unit wants written otherwise, and words that it allows. */
import type { Node } from 'jsonc-parser/lib/esm/main.js';
import type { AllowedWord, WordLists, WordRule } from '../spelling/wordRules';
import type { Message } from '../text/message';

type Report = (node: Node, message: Message) => void;

const CONDITIONS = ['before', 'after', 'notBefore', 'notAfter'];
const LEVELS = ['warning', 'information', 'hint'];

/** Reads `spelling`; what is wrong is told to `report`, and the rest holds. */
export function readWordLists(node: Node, report: Report): WordLists {
  const replace: WordRule[] = [];
  const allow: AllowedWord[] = [];
  for (const [name, list, key] of membersOf(node, report)) {
    if (name !== 'replace' && name !== 'allow') {
      report(key, unknown(name, ['replace', 'allow']));
      continue;
    }
    if (list.type !== 'array') {
      report(list, { zh: '“{0}”应当是一个列表 [ … ]', en: '“{0}” must be a list [ … ]', values: [name] });
      continue;
    }
    for (const entry of list.children ?? []) {
      if (name === 'allow') {
        const word = readAllowed(entry, report);
        if (word) allow.push(word);
      } else {
        const rule = readReplacement(entry, report);
        if (rule) replace.push(rule);
      }
    }
  }
  return { replace, allow };
}

function readReplacement(node: Node, report: Report): WordRule | undefined {
  const texts: Record<string, string> = {};
  const conditions: Record<string, readonly string[]> = {};
  let level: WordRule['level'] = 'warning';
  for (const [name, value, key] of membersOf(node, report)) {
    if (name === 'wrong' || name === 'right') readText(name, value, texts, report);
    else if (name === 'level') {
      if (LEVELS.includes(value.value as string)) level = value.value as WordRule['level'];
      else report(value, { zh: '级别应为 {0} 之一', en: 'The level is one of {0}', values: [LEVELS.join(', ')] });
    } else readCondition(name, value, key, ['wrong', 'right', 'level'], conditions, report);
  }
  const { wrong, right } = texts;
  if (node.type !== 'object') return undefined;
  if (!wrong || right === undefined || wrong === right) {
    report(node, {
      zh: '应写明“wrong”（错的写法）和“right”（对的写法），两者不能相同',
      en: 'Give “wrong”, the wrong form, and “right”, the right one; they must differ',
    });
    return undefined;
  }
  return { wrong, right, level, ...conditions };
}

function readAllowed(node: Node, report: Report): AllowedWord | undefined {
  if (typeof node.value === 'string' && node.value !== '') return { word: node.value };
  const texts: Record<string, string> = {};
  const conditions: Record<string, readonly string[]> = {};
  for (const [name, value, key] of membersOf(node, report)) {
    if (name === 'word') readText(name, value, texts, report);
    else readCondition(name, value, key, ['word'], conditions, report);
  }
  if (node.type !== 'object') return undefined;
  if (!texts.word) {
    report(node, { zh: '缺少“word”：允许哪个词', en: '“word” is missing: which word is allowed' });
    return undefined;
  }
  return { word: texts.word, ...conditions };
}

function readText(name: string, value: Node, texts: Record<string, string>, report: Report): void {
  if (typeof value.value === 'string') texts[name] = value.value;
  else report(value, { zh: '“{0}”应当是文字', en: '“{0}” must be a text', values: [name] });
}

/** A condition is a word or a list of words. */
function readCondition(
  name: string,
  value: Node,
  key: Node,
  others: readonly string[],
  conditions: Record<string, readonly string[]>,
  report: Report,
): void {
  if (!CONDITIONS.includes(name)) {
    report(key, unknown(name, [...others, ...CONDITIONS]));
    return;
  }
  const words = value.type === 'array' ? (value.children ?? []).map((child) => child.value as unknown) : [value.value];
  if (words.every((word) => typeof word === 'string' && word !== '')) conditions[name] = words as string[];
  else {
    report(value, {
      zh: '“{0}”应当是文字，或由文字组成的列表',
      en: '“{0}” must be a text or a list of texts',
      values: [name],
    });
  }
}

function membersOf(node: Node, report: Report): (readonly [string, Node, Node])[] {
  if (node.type !== 'object') {
    report(node, { zh: '这里应当是一个对象 { … }', en: 'This must be an object { … }' });
    return [];
  }
  return (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    return key && value ? [[String(key.value), value, key] as const] : [];
  });
}

function unknown(name: string, names: readonly string[]): Message {
  return {
    zh: '这里没有“{0}”这一项，可用的有：{1}',
    en: 'There is no “{0}” here; there is: {1}',
    values: [name, names.join(', ')],
  };
}

/** The JSON schema of `spelling`. */
export function wordListSchema(): Record<string, unknown> {
  const words = (description: string) => ({
    description,
    oneOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 } },
    ],
  });
  const conditions = {
    before: words('紧接在前的文字须是其中之一；# 指数字。 One of these must stand right before; # is a figure.'),
    after: words('紧接在后的文字须是其中之一；# 指数字。 One of these must stand right after; # is a figure.'),
    notBefore: words('紧接在前的文字不能是其中之一。 None of these may stand right before.'),
    notAfter: words('紧接在后的文字不能是其中之一。 None of these may stand right after.'),
  };
  return {
    description:
      '本单位的用语表：必须改的词和允许的词。 Words that the unit wants written otherwise, and words that it allows.',
    type: 'object',
    additionalProperties: false,
    properties: {
      replace: {
        description: '必须改的词。 Words to be written otherwise.',
        type: 'array',
        items: {
          type: 'object',
          required: ['wrong', 'right'],
          additionalProperties: false,
          defaultSnippets: [{ label: 'wrong → right', body: { wrong: '$1', right: '$2' } }],
          properties: {
            wrong: { type: 'string', minLength: 1, description: '错的写法。 The wrong form.' },
            right: { type: 'string', description: '对的写法；空则删去。 The right form; empty to delete.' },
            level: { enum: LEVELS, default: 'warning', description: '级别。 The severity.' },
            ...conditions,
          },
        },
      },
      allow: {
        description: '允许的词，不作为错别字提示。 Words that are right as they are.',
        type: 'array',
        items: {
          oneOf: [
            { type: 'string', minLength: 1 },
            {
              type: 'object',
              required: ['word'],
              additionalProperties: false,
              properties: {
                word: { type: 'string', minLength: 1, description: '允许的词。 The word.' },
                ...conditions,
              },
            },
          ],
        },
      },
    },
  };
}
