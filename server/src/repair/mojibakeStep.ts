/** The repair of byte-shift mojibake with the counts that the product ships. */
import { CharacterCounts } from './characterModel';
import type { Edit } from './edit';
import { type MojibakePlace, mojibakePlaces } from './mojibake';
import { annotationSystem } from './pinyinAnnotation';
import { NOTHING, type RepairEntry, type StepResult } from './report';
import { shippedCounts } from './shippedCounts';

let counts: CharacterCounts | undefined;
/** Two rules and a repair ask about the same text. */
let last: { readonly text: string; readonly places: readonly MojibakePlace[] } | undefined;

/** The damaged places of `text`; see {@link mojibakePlaces}. */
export function mojibakeIn(text: string): readonly MojibakePlace[] {
  if (!mayBeDamaged(text)) return [];
  if (last?.text === text) return last.places;
  counts ??= CharacterCounts.fromData(shippedCounts());
  const places = mojibakePlaces(text, counts, annotationSystem(text)?.table ?? new Map());
  last = { text, places };
  return places;
}

/** Restores what is clear or likely, and names the rest. */
export function restoreMojibake(text: string): StepResult {
  const places = mojibakeIn(text);
  if (places.length === 0) return NOTHING;
  const edits: Edit[] = [];
  const entries: RepairEntry[] = [];
  for (const { start, end, candidates, confidence } of places) {
    const before = text.slice(start, end);
    const newText = candidates[0]!;
    const entry = { step: 'mojibake', offset: start, before } as const;
    if (confidence === 'open') {
      entries.push({
        ...entry,
        status: 'left',
        after: before,
        candidates,
        note: {
          en: 'Damaged, and more than one reading is possible. Choose one or look it up in the source.',
          zh: '此处是乱码，有不止一种可能的原文。请从中选择，或查对来源。',
        },
      });
      continue;
    }
    edits.push({ start, end, newText });
    if (confidence === 'clear') entries.push({ ...entry, status: 'done', after: newText });
    else {
      entries.push({
        ...entry,
        status: 'check',
        after: newText,
        candidates,
        note: {
          en: 'The likeliest reading of damaged bytes; please check it.',
          zh: '按乱码推得最可能的原文，请核对。',
        },
      });
    }
  }
  return { edits, entries };
}

/** A text without half-width marks and signs of decoders has nothing that the search begins at. */
function mayBeDamaged(text: string): boolean {
  return /[!?;,():\ufffd]/.test(text) && /[\u4e00-\u9fff]/.test(text);
}
