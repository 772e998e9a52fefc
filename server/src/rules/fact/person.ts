import { personSlips, readNames } from '../../facts/names';
import type { DocumentRule } from '../rule';
import { nameFinding } from './nameFinding';

export const factPerson: DocumentRule = {
  id: 'fact.person',
  scope: 'document',
  title: { zh: '人名前后不一', en: 'One person, two spellings' },
  reason: {
    zh: '同一职务的同一个人，姓名前后应一致。',
    en: 'The name of a person in one office is written the same throughout.',
  },
  authority: { zh: '行文惯例', en: 'practice' },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  findsNames: true,
  examples: {
    flagged: [
      {
        text: '县长周明远主持会议。\n会上，县长周明远强调，要抓好防汛。\n县长⟦周明运⟧指出，责任要到人。',
      },
      {
        text: '州长阿依努尔·买买提主持会议。\n州长阿依努尔·买买提强调，要抓好防汛。\n阿依⟦努尔·买麦提⟧指出，责任要到人。',
      },
    ],
    clean: [
      { text: '县长周明远主持会议。\n县长周明远强调，要抓好防汛。\n局长周明亮汇报情况。' },
      { text: '县长周明远主持会议，县长周明远讲话，县长李青山出席。' },
      { text: '阿依努尔·买买提同志发言。\n阿依努尔·买买提同志表态。\n阿依努尔·买买提强调，要抓好防汛。' },
      { text: '产值二七·一亿元。\n产值是二七·一亿元。\n计划产值二七·四亿元。' },
    ],
  },
  prepare: readNames,

  *check(analysis) {
    return (yield* personSlips(analysis)).map(nameFinding);
  },
};
