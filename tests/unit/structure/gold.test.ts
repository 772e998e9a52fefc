import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, DocumentKind, Marker } from '../../../server/src/structure/analysis';
import { formatNumeral } from '../../../server/src/text/numerals';

const SHARED = path.resolve('../shared');
const present = existsSync(path.join(SHARED, 'gold'));

interface Gold {
  readonly document: string;
  readonly placeholders: number;
  readonly headings: readonly { line: number; char: number; marker: string; level: number }[];
}

const golds: readonly Gold[] = present
  ? readdirSync(path.join(SHARED, 'gold')).map((file) =>
      JSON.parse(readFileSync(path.join(SHARED, 'gold', file), 'utf8')),
    )
  : [];
const kindOf = (document: string): DocumentKind => (document.endsWith('.md') ? 'markdown' : 'policytext');
const read = (document: string) => readFileSync(path.join(SHARED, document), 'utf8');

describe.skipIf(!present)('documents with hand-made truth (../shared/gold)', () => {
  it.each(golds)(
    '$document: every heading at its place and level, nothing extra',
    ({ document, headings, placeholders }) => {
      const analysis = analyse(read(document), kindOf(document));
      const found = analysis.headings.flatMap(({ marker, level }) => {
        if (!marker) return [];
        const line = analysis.lines.lineAt(marker.start);
        return [{ line, char: marker.start - analysis.lines.start(line), marker: marker.text, level }];
      });
      const wanted = headings.filter(({ marker }) => marker !== '');
      expect(found).toEqual(wanted.map(({ line, char, marker, level }) => ({ line, char, marker, level })));
      expect(analysis.placeholders).toHaveLength(placeholders);
    },
  );

  it('reports planted breaks on the very marker and little else', () => {
    let planted = 0;
    let hit = 0;
    let beside = 0;
    for (const { document } of golds) {
      const text = read(document);
      const kind = kindOf(document);
      const analysis = analyse(text, kind);
      const known = new Set(numbering(text, kind).map(({ rule, start }) => rule.id + start));
      for (const list of analysis.lists) {
        list.markers.forEach((marker, index) => {
          for (const wrong of wrongMarkers(marker, list.markers[index - 1])) {
            const broken = text.slice(0, marker.start) + wrong + text.slice(marker.end);
            const shift = wrong.length - marker.text.length;
            const fresh = numbering(broken, kind, analysis).filter(
              ({ rule, start }) => !known.has(rule.id + (start > marker.start ? start - shift : start)),
            );
            const onMarker = fresh.filter(({ start }) => start >= marker.start && start < marker.start + wrong.length);
            planted++;
            if (onMarker.length > 0) hit++;
            beside += fresh.length - Math.min(1, onMarker.length);
          }
        });
      }
    }
    expect(planted).toBeGreaterThan(1000);
    expect(hit / planted).toBeGreaterThan(0.98);
    expect(beside / planted).toBeLessThan(0.2);
  }, 300_000);
});

describe.skipIf(!existsSync(path.join(SHARED, 'corpus')))('sound documents (../shared/corpus)', () => {
  it('raise no more than three numbering remarks together', () => {
    const remarks: string[] = [];
    for (const folder of readdirSync(path.join(SHARED, 'corpus'))) {
      for (const file of readdirSync(path.join(SHARED, 'corpus', folder))) {
        const document = path.join('corpus', folder, file);
        for (const { rule, start } of numbering(read(document), kindOf(document)))
          remarks.push(`${document} ${rule.id} ${start}`);
      }
    }
    expect(remarks.length, remarks.join('\n')).toBeLessThanOrEqual(3);
  });
});

/** Each text is linted hundreds of times with one number changed: only rules about numbers are needed. */
const OTHERS_OFF = Object.fromEntries(
  rules.filter(({ id }) => !id.startsWith('numbering.')).map(({ id }) => [id, 'off' as const]),
);

/** Findings on numbering; `previous` avoids analysing again what a broken text shares with it. */
function numbering(text: string, kind: DocumentKind, previous?: Analysis) {
  return lint(analyse(text, kind, previous), { rules: OTHERS_OFF }).filter(({ rule }) =>
    rule.id.startsWith('numbering.'),
  );
}

/** The marker increased by one, duplicated, far off and with half-width brackets. */
function wrongMarkers(marker: Marker, previous: Marker | undefined): string[] {
  const withValue = (value: number) => {
    const numeral = formatNumeral(value, marker.numeral);
    if (numeral === undefined) return marker.text;
    return marker.family === 'decimal'
      ? marker.text.replace(/\d+(?!.*\d)/, numeral)
      : marker.text.replace(/[一二三四五六七八九十百]+|\d+/, numeral);
  };
  const wrong = [withValue(marker.value + 1), withValue(marker.value + 7)];
  if (previous) wrong.push(withValue(previous.value));
  if (marker.text.startsWith('（')) wrong.push(marker.text.replace('（', '(').replace('）', ')'));
  return wrong.filter((text) => text !== marker.text);
}
