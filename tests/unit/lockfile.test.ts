import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

it('the lock file holds the packages of every platform, without which `npm ci` refuses it', () => {
  const { packages } = JSON.parse(readFileSync(`${import.meta.dirname}/../../package-lock.json`, 'utf8')) as Lock;
  const present = new Set(Object.keys(packages).map((name) => name.slice(name.lastIndexOf('node_modules/') + 13)));
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((optional) => !present.has(optional))
      .map((optional) => `${name}: ${optional}`),
  );
  expect(missing).toEqual([]);
});
