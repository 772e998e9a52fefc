/**
 * The member `spelling` of a configuration file: words that a unit wants written otherwise, and words that it allows.
 */
import type { AllowedWord, WordLists, WordRule } from '../spelling/wordRules';
import { choice, either, list, object, refined, type Shape, text } from '../text/jsonShape';
import { SEVERITIES_BELOW_ERROR } from './severity';

const HERE = { zh: '这里', en: 'This' };

/** A word or a list of words, any of which may be beside the word in question. */
function condition(description: string): Shape<readonly string[]> {
  return {
    schema: () => ({
      description,
      oneOf: [
        { type: 'string', minLength: 1 },
        { type: 'array', items: { type: 'string', minLength: 1 } },
      ],
    }),
    read(node, report, name) {
      const words = node.type === 'array' ? (node.children ?? []).map(({ value }) => value as unknown) : [node.value];
      if (words.every((word) => typeof word === 'string' && word !== '')) return words as string[];
      report(node, {
        zh: '“{0}”应当是文字，或由文字组成的列表',
        en: '“{0}” must be a text or a list of texts',
        values: [name],
      });
      return undefined;
    },
  };
}

const CONDITIONS = {
  before: condition('紧接在前的文字须是其中之一；# 指数字。 One of these must stand right before; # is a figure.'),
  after: condition('紧接在后的文字须是其中之一；# 指数字。 One of these must stand right after; # is a figure.'),
  notBefore: condition('紧接在前的文字不能是其中之一。 None of these may stand right before.'),
  notAfter: condition('紧接在后的文字不能是其中之一。 None of these may stand right after.'),
};

const REPLACEMENT = object(
  {
    wrong: text({ minLength: 1, description: '错的写法。 The wrong form.' }),
    right: text({ description: '对的写法；空则删去。 The right form; empty to delete.' }),
    level: choice(
      SEVERITIES_BELOW_ERROR,
      { zh: '级别应为 {0} 之一', en: 'The level is one of {0}' },
      { default: 'warning', description: '级别。 The severity.' },
    ),
    ...CONDITIONS,
  },
  {
    required: ['wrong', 'right'],
    defaultSnippets: [{ label: 'wrong → right', body: { wrong: '$1', right: '$2' } }],
  },
  { called: HERE },
);

const ALLOWED = object(
  { word: text({ minLength: 1, description: '允许的词。 The word.' }), ...CONDITIONS },
  { required: ['word'] },
  { called: HERE },
);

const replacement = refined(REPLACEMENT, ({ wrong, right, level = 'warning', ...conditions }, node, report) => {
  if (wrong && right !== undefined && wrong !== right) return { wrong, right, level, ...conditions } as WordRule;
  report(node, {
    zh: '应写明“wrong”（错的写法）和“right”（对的写法），两者不能相同',
    en: 'Give “wrong”, the wrong form, and “right”, the right one; they must differ',
  });
  return undefined;
});

const allowedAlone = refined(text({ minLength: 1 }), (word): AllowedWord => ({ word }));

const allowedWhere = refined(ALLOWED, ({ word, ...conditions }, node, report) => {
  if (word) return { word, ...conditions } as AllowedWord;
  report(node, { zh: '缺少“word”：允许哪个词', en: '“word” is missing: which word is allowed' });
  return undefined;
});

/** The shape of `spelling`. */
export const WORD_LISTS: Shape<WordLists> = refined(
  object(
    {
      replace: list(replacement, { description: '必须改的词。 Words to be written otherwise.' }),
      allow: list(
        either(({ value }) => typeof value === 'string' && value !== '', allowedAlone, allowedWhere, 'oneOf'),
        { description: '允许的词，不作为错别字提示。 Words that are right as they are.' },
      ),
    },
    {
      description:
        '本单位的用语表：必须改的词和允许的词。 Words that the unit wants written otherwise, and words that it allows.',
    },
    { called: HERE },
  ),
  ({ replace = [], allow = [] }) => ({ replace, allow }),
);
