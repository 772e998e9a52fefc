import { describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import {
  everyNode,
  nodeAt,
  type OutlineNode,
  outlineNodes,
  rowOf,
  sameRows,
  titleOf,
} from '../../../client/src/outlineTree';
import { documentSymbols } from '../../../server/src/features/outline';
import { analyse } from '../../../server/src/structure/analyse';

const PLAN =
  '一、总则\n内容。\n（一）目的\n内容。\n（二）原则\n内容。\n二、机构\n内容。\n（一）组成\n内容。\n三、附则\n内容。';
const symbols = (text: string): DocumentSymbol[] => documentSymbols(analyse(text), 'zh-cn');
const grown = (text: string, before: readonly OutlineNode[] = []) => outlineNodes(symbols(text), before);
const ids = (nodes: readonly OutlineNode[]) => new Map([...everyNode(nodes)].map(({ id, name }) => [name, id]));

describe('the rows of the outline', () => {
  it('have the names and the nesting of the sections', () => {
    const nodes = grown(PLAN);
    expect([...everyNode(nodes)].map(({ name, parent }) => `${parent?.name ?? ''}/${name}`)).toEqual([
      '/一、总则',
      '一、总则/（一）目的',
      '一、总则/（二）原则',
      '/二、机构',
      '二、机构/（一）组成',
      '/三、附则',
    ]);
    expect(new Set(ids(nodes).values()).size).toBe(6);
  });

  it('keep their ids when sections are moved, renamed, added or deleted', () => {
    const nodes = grown(PLAN);
    const before = ids(nodes);
    const moved = ids(
      grown('一、机构\n内容。\n（一）组成\n内容。\n二、总则\n内容。\n（一）目的\n内容。\n三、附则\n内容。', nodes),
    );
    expect(moved.get('一、机构')).toBe(before.get('二、机构'));
    expect(moved.get('二、总则')).toBe(before.get('一、总则'));
    expect(moved.get('（一）目的')).toBe(before.get('（一）目的'));
    expect(moved.get('（一）组成')).toBe(before.get('（一）组成'));
    const renamed = ids(grown(PLAN.replace('机构', '机构职责'), nodes));
    expect(renamed.get('二、机构职责')).toBe(before.get('二、机构'));
    const added = ids(grown(PLAN.replace('二、机构', '二、职责\n内容。\n三、机构').replace('三、附', '四、附'), nodes));
    expect(added.get('三、机构')).toBe(before.get('二、机构'));
    expect(added.get('四、附则')).toBe(before.get('三、附则'));
    expect([...before.values()]).not.toContain(added.get('二、职责'));
  });

  it('are found by a place in the text', () => {
    const nodes = grown(PLAN);
    expect(nodeAt(nodes, { line: 3, character: 1 })?.name).toBe('（一）目的');
    expect(nodeAt(nodes, { line: 1, character: 0 })?.name).toBe('一、总则');
    expect(nodeAt(nodes, { line: 11, character: 3 })?.name).toBe('三、附则');
    expect(nodeAt([], { line: 0, character: 0 })).toBeUndefined();
  });

  it('stand for those folded away under them', () => {
    const nodes = grown(PLAN);
    const inner = nodeAt(nodes, { line: 3, character: 1 }) as OutlineNode;
    expect(rowOf(inner, () => false)).toBe(inner);
    expect(rowOf(inner, ({ name }) => name === '一、总则').name).toBe('一、总则');
  });

  it('are the same where only their places are others', () => {
    const nodes = grown(PLAN);
    expect(sameRows(nodes, grown(`前言。\n${PLAN}`, nodes))).toBe(true);
    expect(sameRows(nodes, grown(PLAN.replace('目的', '目标'), nodes))).toBe(false);
    expect(sameRows(nodes, grown(PLAN.replace('内容', '内容甚多'), nodes))).toBe(false);
  });

  it('have a title beside their number', () => {
    expect(
      ['一、总则', '（二）目的', '第三章 机构', '1.2 范围', '④巡查', '第一部分 总则', '附件1', '三农'].map(titleOf),
    ).toEqual([...['总则', '目的', '机构', '范围', '巡查', '总则', '附件1', '三农']]);
    expect(titleOf('一、')).toBe('一、');
  });
});
