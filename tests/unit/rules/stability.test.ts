import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index';

/** Every id that was ever released. Only ever add to it: docs/RELEASING.md. */
const RELEASED = `
document.addressee
document.attachment
document.bounds
document.chronology
document.citation
document.classification
document.closing
document.contact
document.date
document.head
document.joint
document.number
document.recipients
document.request
document.tone
heading.duplicate
heading.empty
heading.end-punctuation
numbering.count
numbering.duplicate
numbering.first
numbering.gap
numbering.inline
numbering.level
numbering.marker-punctuation
numbering.marker-style
numbering.order
numeral.ambiguous-range
numeral.date
numeral.per-mille
numeral.percent-range
numeral.year-zero
placeholder.unresolved
punctuation.dash
punctuation.ellipsis
punctuation.enumeration-comma
punctuation.half-width
punctuation.nesting
punctuation.range
punctuation.repeated
punctuation.straight-quotes
punctuation.unpaired
reference.stale
reference.unresolved
slogan.near-miss
text.flattened
text.furniture
text.illogical
text.jump-line
text.mixed-script
text.mojibake
text.pinyin-annotation
text.repeated
text.look-alike
text.soft-break
text.stray-blank
`;

describe('ids of rules', () => {
  it('stay understood for good', () => {
    const understood = rules.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    for (const id of RELEASED.trim().split('\n')) expect(understood).toContain(id);
  });

  it('are not given twice', () => {
    const all = rules.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(new Set(all).size).toBe(all.length);
  });
});
