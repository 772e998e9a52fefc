import fs from 'node:fs';
import { expect, it } from 'vitest';

interface Row {
  readonly suite: string;
  readonly cases: string;
  readonly result: string;
  readonly by: string;
  readonly version: string;
  readonly date: string;
}
const {
  page,
  rowsOf,
}: {
  page: (rows: Iterable<Row>, skipped: readonly string[], date: string) => string;
  rowsOf: (text: string) => Map<string, Row>;
} = await import(new URL('../bench/scoresPage.mjs', import.meta.url).href);

it('keeps the rows of a page, and names what was skipped', () => {
  const row = { suite: 'a suite', cases: '5', result: '4 found', by: 'a tool', version: '1.2.3', date: '2026-01-02' };
  const text = page([row], ['another suite (not here)'], '2026-01-03');
  expect(rowsOf(text)).toEqual(new Map([['a suite', row]]));
  expect(text).toContain('- another suite (not here)');
  expect(page([], [], '2026-01-03')).toContain('Nothing was skipped on 2026-01-03.');
});

it('has a page with count, version and date in every row', () => {
  const rows = [...rowsOf(fs.readFileSync('docs/scores.md', 'utf8')).values()];
  expect(rows.length).toBeGreaterThanOrEqual(5);
  for (const { cases, result, version, date } of rows) {
    expect([cases, version, date].join(' ')).toMatch(/^\d+ \d+\.\d+\.\d+ \d{4}-\d{2}-\d{2}$/);
    expect(result).not.toBe('');
  }
});
