/**
 * Readings that a site inserted after every occurrence of some characters, 產(chǎn)業(yè), as opposed to real glosses.
 *
 * A gloss explains a rare character once, 婺(wù)江; annotations are numerous, after common characters, at every
 * occurrence. Which characters a site annotates is learned from the text itself.
 */

import { isHan } from '../text/characters';
import { simplifiedForm } from '../text/script';
import type { TextReplacement } from '../text/textEdit';
import { gbk } from './gbk';
import type { ReadingTable } from './mojibake/index';
import { type Annotation, annotationsIn, isReadingOf } from './readings';
import { NOTHING, type RepairEntry, type StepResult } from './report';

/** Fewer annotations than this are not systematic. */
const MIN_COUNT = 3;
/** A higher density of annotated characters than one in this many is more than glosses in prose. */
const DENSE = 50;

/** The annotations of a text. */
export interface AnnotationSystem {
  readonly annotations: readonly Annotation[];
  /** The characters that are annotated wherever they occur. */
  readonly characters: ReadonlySet<number>;
  readonly readings: ReadonlySet<string>;
  /** The same by GBK pair. */
  readonly table: ReadingTable;
}

/** Determines whether `text` is annotated throughout; undefined if its readings are glosses, or there are none. */
export function annotationSystem(text: string): AnnotationSystem | undefined {
  const annotations = annotationsIn(text);
  if (annotations.length < MIN_COUNT) return undefined;
  const byCharacter = new Map<number, Map<string, number>>();
  for (const { start, reading, opened } of annotations) {
    const code = text.charCodeAt(start - 1);
    if (start === 0 || !opened || !isHan(code) || !isReadingOf(reading, code)) continue;
    const readings = byCharacter.get(code) ?? new Map<string, number>();
    readings.set(reading, (readings.get(reading) ?? 0) + 1);
    byCharacter.set(code, readings);
  }
  const occurrences = occurrencesOf(text, byCharacter);
  const characters = new Set<number>();
  const readings = new Set<string>();
  const table = new Map<number, string>();
  let systematic = 0;
  for (const [code, found] of byCharacter) {
    const times = [...found.values()].reduce((sum, count) => sum + count, 0);
    if (times * 2 < occurrences.get(code)!) continue;
    if (times === 1 && !isCommon(code)) continue;
    characters.add(code);
    systematic += times;
    const [usual] = [...found].sort((a, b) => b[1] - a[1])[0]!;
    for (const reading of found.keys()) readings.add(reading);
    table.set(gbk()?.encode(code) ?? 0, usual);
  }
  table.delete(0);
  if (characters.size < MIN_COUNT || systematic < MIN_COUNT) return undefined;
  const repeated = systematic >= 2 * characters.size && systematic >= 2 * MIN_COUNT;
  const common = [...characters].filter(isCommon).length * 10 >= characters.size * 7;
  return common && (repeated || systematic * DENSE >= chinese(text))
    ? { annotations, characters, readings, table }
    : undefined;
}

/**
 * Removes the annotations from `text`. Their damaged remains are removed too, also after Latin letters; glosses of
 * characters that are not annotated elsewhere are kept and reported.
 */
export function removeAnnotations(text: string): StepResult {
  const system = annotationSystem(text);
  if (!system) return NOTHING;
  const edits: TextReplacement[] = [];
  const entries: RepairEntry[] = [];
  for (const { start, end, reading, opened } of system.annotations) {
    const before = text.slice(start, end);
    const code = start > 0 ? text.charCodeAt(start - 1) : 0;
    const own = isHan(code) && isReadingOf(reading, code);
    const entry = { step: 'pinyin-annotation', offset: start, before } as const;
    if (opened && (own ? system.characters.has(code) : system.readings.has(reading))) {
      edits.push({ start, end, newText: '' });
      entries.push({ ...entry, status: 'done', after: '' });
    } else if (opened && own) {
      entries.push({
        ...entry,
        status: 'left',
        after: before,
        note: {
          en: 'Kept: this looks like a gloss of a rare character.',
          zh: '予以保留：这像是给生僻字加的注音。',
        },
      });
    } else if (!opened && system.readings.has(reading)) {
      entries.push({
        ...entry,
        status: 'left',
        after: before,
        note: {
          en: 'The rest of an annotation whose characters are damaged and could not be read.',
          zh: '这是注音的残余，前后的字已损坏，无法复原。',
        },
      });
    }
  }
  return { edits, entries };
}

function occurrencesOf(text: string, wanted: ReadonlyMap<number, unknown>): Map<number, number> {
  const occurrences = new Map([...wanted.keys()].map((code) => [code, 0]));
  for (let at = 0; at < text.length; at++) {
    const count = occurrences.get(text.charCodeAt(at));
    if (count !== undefined) occurrences.set(text.charCodeAt(at), count + 1);
  }
  return occurrences;
}

/** Whether the character is in GB 2312's first level, whose readings nobody needs. */
function isCommon(code: number): boolean {
  const pair = gbk()?.encode(simplifiedForm(code)) ?? 0;
  return pair >= 0xb0a1 && pair <= 0xd7f9 && (pair & 0xff) >= 0xa1;
}

function chinese(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isHan(text.charCodeAt(at))) count++;
  return count;
}
