/** The edits that give sections the numbers of another order, nesting or style. */

import type { Analysis, Marker, Section } from '../structure/analysis';
import type { TextReplacement } from '../text/textEdit';
import {
  assignNumbers,
  type Chain,
  entriesOf,
  isNumbered,
  kindOf,
  markerEdit,
  type NewNumber,
  type NumberedEntry,
  type Siblings,
  type Style,
} from './assignNumbers';
import { lowerStyle } from './childNumberingStyle';
import { contentsEdits, type Written } from './tableOfContents';
import { referenceEdits } from './updateReferences';

/** The chains that `sections` belong to. */
export function chainsOf(entries: ReadonlyMap<Section, NumberedEntry>, sections: readonly Section[]): Set<Chain> {
  const chains = new Set<Chain>();
  for (const section of sections) {
    const entry = entries.get(section);
    if (entry) chains.add(entry.siblings.chain);
  }
  return chains;
}

/** Siblings that start at one, or continue others of their kind if the text does that elsewhere. */
export function newSiblings(analysis: Analysis, kind: string, like: Siblings | undefined): Siblings {
  const running = analysis.lists.find((list) => list.running && kindOf(list.markers[0] as Marker) === kind);
  if (!running) return { chain: { kind, before: 0 } };
  if (like) return { chain: like.chain };
  for (const entry of entriesOf(analysis).values()) {
    if (entry.section.list === running) return { chain: entry.siblings.chain };
  }
  return { chain: { kind, before: 0 } };
}

/** The new siblings of a section; shared with those of its old siblings that have moved already. */
export function sharedSiblings(
  changed: ReadonlyMap<Section, NumberedEntry>,
  entries: ReadonlyMap<Section, NumberedEntry>,
  entry: NumberedEntry,
  make: () => Siblings,
): Siblings {
  for (const [section, other] of changed) if (entries.get(section)?.siblings === entry.siblings) return other.siblings;
  return make();
}

export function parentIn(
  changed: ReadonlyMap<Section, NumberedEntry>,
  { parent }: NumberedEntry,
): NumberedEntry | undefined {
  return parent && (changed.get(parent.section) ?? parent);
}

/**
 * The replacements that give `entries`, in their planned order, their new numbers: those of `chains`, of sections
 * written in another style, and of all that count together with a section whose number changes. Numbers that were wrong
 * elsewhere stay. References and the table of contents are updated; `order` are the sections afterwards, if they or
 * their order differ.
 */
export function numberEdits(
  analysis: Analysis,
  entries: readonly NumberedEntry[],
  chains: ReadonlySet<Chain>,
  order?: readonly Section[],
  numbers = assignNumbers(entries),
): TextReplacement[] {
  const right = assignNumbers(entriesOf(analysis).values());
  const touched = new Set(chains);
  for (const { section, style, siblings } of entries) {
    const moved = numbers.get(section)?.path.join() !== right.get(section)?.path.join();
    if (style || moved) touched.add(siblings.chain);
  }
  const edits: TextReplacement[] = [];
  const changed = new Map<Section, NewNumber>();
  const written = new Map<Section, Written>();
  for (const { section, style, siblings } of entries) {
    if (!touched.has(siblings.chain)) continue;
    const number = numbers.get(section) as NewNumber;
    if (style || number.text !== section.marker.text) {
      edits.push(markerEdit(analysis, section, number.text, style));
      written.set(section, { text: number.text, ...(style && { gap: style.gap }) });
      // If a section is named differently now, references to it cannot simply take another figure.
      if (!style) changed.set(section, number);
    }
  }
  if (changed.size > 0) for (const edit of referenceEdits(analysis, changed)) edits.push(edit);
  if (written.size > 0 || order) for (const edit of contentsEdits(analysis, written, order)) edits.push(edit);
  return edits;
}

/** `entries` with those in `changed` in their planned state and their subsections attached to the new entries. */
export function entriesWith(
  entries: ReadonlyMap<Section, NumberedEntry>,
  changed: ReadonlyMap<Section, NumberedEntry>,
): Map<Section, NumberedEntry> {
  const latest = new Map<Section, NumberedEntry>();
  for (const [section, entry] of entries) {
    const above = entry.parent?.section;
    const parent = above && (changed.get(above) ?? latest.get(above));
    latest.set(section, changed.get(section) ?? (parent === entry.parent ? entry : { ...entry, parent }));
  }
  return latest;
}

/** The sections of a draft as entries of their lists, and those of them that change. */
export interface EntryChanges {
  readonly analysis: Analysis;
  readonly entries: ReadonlyMap<Section, NumberedEntry>;
  readonly changed: Map<Section, NumberedEntry>;
}

/**
 * Adds to `changed` the sections of `below`, all under `section`, whose own style is to be `style`: each level of them
 * is numbered as a child of the level above it. Returns false if a level would be too deep to be numbered.
 */
export function lowerAll(
  { analysis, entries, changed }: EntryChanges,
  section: Section,
  style: Style,
  below: Iterable<Section>,
  near: Section,
): boolean {
  /** The style of each level, counted from the section. */
  const styles: Style[] = [style];
  for (const child of below) {
    if (!isNumbered(child)) continue;
    const depth = child.level - section.level;
    for (let level = styles.length; level <= depth; level++) {
      const lower = lowerStyle(analysis, styles[level - 1] as Style, near);
      if (!lower) return false;
      styles.push(lower);
    }
    const own = styles[depth] as Style;
    const before = entries.get(child) as NumberedEntry;
    const siblings = sharedSiblings(changed, entries, before, () =>
      newSiblings(analysis, kindOf(own.marker), undefined),
    );
    const same = kindOf(own.marker) === kindOf(child.marker);
    changed.set(child, { section: child, parent: parentIn(changed, before), siblings, ...(!same && { style: own }) });
  }
  return true;
}
