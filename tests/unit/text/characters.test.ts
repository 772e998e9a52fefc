import { expect, it } from 'vitest';
import { BLANKS, isBlank } from '../../../server/src/text/characters';

it('lists the blanks that it knows', () => {
  const known: string[] = [];
  for (let code = 0; code <= 0xffff; code++) if (isBlank(code)) known.push(String.fromCharCode(code));
  expect([...BLANKS].sort()).toEqual(known.sort());
});
