/**
 * Imports run downward between the folders of server/src, and never in a cycle between its files
 * (docs/ARCHITECTURE.md).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = 'server/src';
/** The folders from the bottom up; those in one row may import each other. */
const LAYERS = [
  ['text'],
  ['structure'],
  ['lexicon', 'rules', 'repair', 'spelling', 'facts', 'compare', 'layout', 'word', 'drafts'],
  ['refactor'],
  ['features', 'agents'],
  ['lsp', 'cli'],
];

interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether only types are imported, which do not exist at run time. */
  readonly isType: boolean;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => name.replaceAll('\\', '/'));

const imports = files.flatMap((from): Import[] => {
  const code = readFileSync(path.join(root, from), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = code.matchAll(
    /(?:^|\n)(?:import|export)\s(?:(type)\s)?[^'";]*?from\s'(\.[^']+)'|\bimport\('(\.[^']+)'\)/g,
  );
  return [...found].map(([, type, named, loaded]) => {
    const to = path.posix.join(path.posix.dirname(from), (named ?? loaded) as string);
    const isFolder = !existsSync(path.join(root, `${to}.ts`)) && existsSync(path.join(root, to, 'index.ts'));
    return { from, to: isFolder ? `${to}/index.ts` : `${to}.ts`, isType: type !== undefined };
  });
});

const folderOf = (file: string) => file.split('/')[0] as string;
const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.includes(folderOf(file)));

describe('imports', () => {
  it('are found, and each folder has its place', () => {
    expect(imports.length).toBeGreaterThan(1_500);
    for (const file of files.filter((name) => name.includes('/')))
      expect(layerOf(file), file).toBeGreaterThanOrEqual(0);
  });

  it('run downward', () => {
    const up = imports.filter(({ from, to }) => from.includes('/') && layerOf(to) > layerOf(from));
    expect(up.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('run in no circle when the program runs', () => {
    const below = new Map<string, string[]>();
    for (const { from, to, isType } of imports) {
      if (!isType) below.set(from, [...(below.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, above: readonly string[]): void => {
      const at = above.indexOf(file);
      if (at >= 0) circles.push([...above.slice(at), file].join(' → '));
      if (at >= 0 || done.has(file)) return;
      for (const next of below.get(file) ?? []) visit(next, [...above, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
