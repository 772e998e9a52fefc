/** The repair of byte-shift mojibake with the shipped counts. */

import { lazilyIncremental } from '../text/lazily';
import type { Message } from '../text/message';
import { type Resumable, runToCompletion } from '../text/resumable';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { CharacterCounts } from './characterModel';
import {
  type Learned,
  type MojibakePlace,
  mojibakeWithin,
  type Searched,
  type SoundPlaces,
  searchMojibake,
} from './mojibake/index';
import { annotationSystem } from './pinyinAnnotation';
import { NOTHING, type RepairEntry, type StepResult } from './report';
import { shippedCounts } from './shippedCounts';
import { vocabulary } from './vocabulary';

const UNDECIDED: Message = {
  en: 'Damaged, and more than one reading is possible. Choose one or look it up in the source.',
  zh: '此处是乱码，有不止一种可能的原文。请从中选择，或查对来源。',
};
const UNREAD: Message = {
  en: 'Damaged beyond recovery. Look up the original in the source.',
  zh: '此处是乱码，从剩下的字节推不出原文。请查对来源。',
};

const counts = lazilyIncremental(function* () {
  const data = shippedCounts();
  yield;
  return yield* CharacterCounts.read(data, yield* vocabulary());
});

/** The damaged places of `text`; see {@link searchMojibake}. */
export function mojibakeIn(text: string): readonly MojibakePlace[] {
  return runToCompletion(findMojibakeIncremental(text));
}

/** Like {@link mojibakeIn}, incrementally. */
export function* findMojibakeIncremental(text: string): Resumable<readonly MojibakePlace[]> {
  return (yield* searchMojibakeIncremental(text))?.places ?? [];
}

/**
 * Like {@link findMojibakeIncremental}, together with the state learned about the text; undefined if it cannot be
 * damaged. `sound` is the cache from the previous version of the text.
 */
export function* searchMojibakeIncremental(text: string, sound?: SoundPlaces): Resumable<Searched | undefined> {
  if (!mayBeDamaged(text)) return undefined;
  const shipped = yield* counts();
  yield;
  return yield* searchMojibake(text, shipped, annotationSystem(text)?.table ?? new Map(), sound);
}

/** The damaged places that begin in a part of `text`; see {@link mojibakeWithin}. */
export function* findMojibakeWithin(
  text: string,
  learned: Learned,
  part: Span,
): Resumable<readonly MojibakePlace[] | undefined> {
  const shipped = yield* counts();
  yield;
  return yield* mojibakeWithin(text, shipped, learned, part);
}

/** Restores the clear and likely `places`, the damaged places of `text`, and reports the rest. */
export function restoreMojibake(text: string, places: readonly MojibakePlace[]): StepResult {
  if (places.length === 0) return NOTHING;
  const edits: TextReplacement[] = [];
  const entries: RepairEntry[] = [];
  for (const { start, end, candidates, confidence } of places) {
    const before = text.slice(start, end);
    const entry = { step: 'mojibake', offset: start, before } as const;
    if (confidence === 'open') {
      entries.push({
        ...entry,
        status: 'left',
        after: before,
        candidates,
        note: candidates.length > 0 ? UNDECIDED : UNREAD,
      });
      continue;
    }
    const newText = candidates[0]!;
    edits.push({ start, end, newText });
    if (confidence === 'clear') entries.push({ ...entry, status: 'done', after: newText });
    else {
      entries.push({
        ...entry,
        status: 'check',
        after: newText,
        candidates,
        note: {
          en: 'The most likely reading of damaged bytes; please check it.',
          zh: '按乱码推得最可能的原文，请核对。',
        },
      });
    }
  }
  return { edits, entries };
}

const LINE_FEED = 0x0a;
const FOLDED_MARKS = '!?;,()';
/** 1 for each of {@link FOLDED_MARKS}. */
const isFolded = new Uint8Array(0x100);
for (const mark of FOLDED_MARKS) isFolded[mark.charCodeAt(0)] = 1;
/** Distance from a half-width mark to its full-width counterpart. */
const TO_FULL_WIDTH = 0xfee0;
const TONED = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛÜ';
const TONED_LETTER = new RegExp(`[${TONED}]`);

/** Characters in a damaged text all of whose lines fail {@link mayHoldFolded}. */
export const SIGNS_OF_READINGS = { triggers: [TONED] };
/** Characters in every line for which {@link mayHoldFolded} is true. */
export const SIGNS_OF_FOLDING = { triggers: [`${FOLDED_MARKS}\ufffd`] };
/** Evidence against a line; most half-width marks in Chinese text are inside figures. */
const SUSPECT = new RegExp(`[${FOLDED_MARKS}](?:(?=[\u2e80-\uffff])|(?<=[\u2e80-\uffff].))|\ufffd`);

/** Whether `line` may have been folded, or has lost bytes. */
export function mayHoldFolded(line: string): boolean {
  return SUSPECT.test(line) && holdsFolded(line);
}

/** False if nothing at which the search begins can be the result of damage. */
function mayBeDamaged(text: string): boolean {
  // Readings inserted without brackets fold nothing, but shift bytes all the same.
  return holdsFolded(text) || (TONED_LETTER.test(text) && annotationSystem(text) !== undefined);
}

/**
 * Whether a paragraph of `text` may have been folded, or has lost bytes. Folding ， to , in the bytes of a page folds
 * all of it: a paragraph with more full-width marks than half-width ones between ideographs was never folded, and that
 * is every paragraph of nearly every text. A single linear scan, so that sound texts are cheap.
 */
function holdsFolded(text: string): boolean {
  let half = 0;
  let full = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : LINE_FEED;
    if (code === LINE_FEED) {
      if (half > full) return true;
      half = 0;
      full = 0;
    } else if (code > 0xff00) {
      if (code === 0xfffd) return true;
      full += isFolded[code - TO_FULL_WIDTH] ?? 0;
    } else if (code < 0x40 && isFolded[code] === 1) {
      if (text.charCodeAt(at - 1) > 0x2e7f || text.charCodeAt(at + 1) > 0x2e7f) half++;
    }
  }
  return false;
}
