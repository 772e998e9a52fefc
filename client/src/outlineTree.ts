/** The model of the *Policy Outline* view: names of the rows, and which rows stay the same after an edit. */
import type { DocumentSymbol, Position, Range } from 'vscode-languageserver-types';

/** One section of the draft. */
export interface OutlineNode {
  /** Stable while the section can be recognised, so that the view keeps its folding state. */
  readonly id: string;
  /** Marker and title. */
  readonly name: string;
  /** Number of characters, as a message. */
  readonly detail: string;
  readonly kind: number;
  /** The whole section. */
  readonly range: Range;
  /** From the marker to the end of the title. */
  readonly head: Range;
  readonly parent: OutlineNode | undefined;
  readonly children: readonly OutlineNode[];
}

type Growing = OutlineNode & { children: OutlineNode[] };

/** A number at the start of a name: 一、 （二） 第三章 1.2 ④ */
const NUMBER =
  /^(?:第[^\s、.]{1,8}?(?:部分|[编編章节節条條])|[（(][^\s）)]{1,4}[）)]|[零一二三四五六七八九十百壹贰貳叁參参肆伍陆陸柒捌玖拾\d]+(?:\.\d+)*(?:[、.．，,：:]|(?=\s))|[①-⑳])\s*/;

let count = 0;

/** Creates nodes from `symbols`. A section also in `before` keeps its id: matched by title first, else by position. */
export function outlineNodes(
  symbols: readonly DocumentSymbol[],
  before: readonly OutlineNode[],
  parent?: OutlineNode,
): OutlineNode[] {
  const byTitle = new Map<string, OutlineNode[]>();
  for (const node of before) {
    const title = titleOf(node.name);
    const same = byTitle.get(title);
    if (same) same.push(node);
    else byTitle.set(title, [node]);
  }
  const matched = symbols.map(({ name }) => byTitle.get(titleOf(name))?.shift());
  const taken = new Set(matched);
  return symbols.map((symbol, index) => {
    const inPlace = before[index];
    const old = matched[index] ?? (inPlace && !taken.has(inPlace) ? inPlace : undefined);
    if (old) taken.add(old);
    const node: Growing = {
      id: old?.id ?? String(++count),
      name: symbol.name,
      detail: symbol.detail ?? '',
      kind: symbol.kind,
      range: symbol.range,
      head: symbol.selectionRange,
      parent,
      children: [],
    };
    node.children.push(...outlineNodes(symbol.children ?? [], old?.children ?? [], node));
    return node;
  });
}

/** The title without the number before it; a name that consists of a number is unchanged. */
export function titleOf(name: string): string {
  return name.replace(NUMBER, '') || name;
}

/** All nodes in pre-order. */
export function* everyNode(nodes: readonly OutlineNode[]): Generator<OutlineNode> {
  for (const node of nodes) {
    yield node;
    yield* everyNode(node.children);
  }
}

/** The innermost node whose section contains `position`. */
export function nodeAt(nodes: readonly OutlineNode[], position: Position): OutlineNode | undefined {
  let found: OutlineNode | undefined;
  for (let level = nodes; ; ) {
    const next = level.findLast(({ range }) => !isBefore(position, range.start) && !isBefore(range.end, position));
    if (!next) return found;
    found = next;
    level = next.children;
  }
}

/** The outermost folded one among the node and its ancestors, or else the node itself: the row that represents it. */
export function rowOf(node: OutlineNode, isFolded: (node: OutlineNode) => boolean): OutlineNode {
  let row = node;
  for (let above = node.parent; above; above = above.parent) if (isFolded(above)) row = above;
  return row;
}

/** Whether both would show the same rows, regardless of positions. */
export function sameRows(a: readonly OutlineNode[], b: readonly OutlineNode[]): boolean {
  return (
    a.length === b.length &&
    a.every((node, index) => {
      const other = b[index] as OutlineNode;
      return (
        node.id === other.id &&
        node.name === other.name &&
        node.detail === other.detail &&
        node.kind === other.kind &&
        sameRows(node.children, other.children)
      );
    })
  );
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
