// What the spelling model stores beside its n-grams: which characters sound alike (pinyin-pro), which look alike (the shapes
// of ../shared/fixtures/spelling), and which pairs were mistaken in the training halves there.
import fs from 'node:fs';
import path from 'node:path';
import { pinyin } from 'pinyin-pro';
import { SHARED } from './learned.mjs';

/** Sentences with their correct side. */
export const RIGHTS = ['fixtures/spelling/odw.train', 'fixtures/spelling/law.train'];
const SHAPES = 'fixtures/spelling/shapeConfusion.json';
export const CONFUSION_INPUTS = [...RIGHTS, SHAPES];

/**
 * The data for characters that the model (`vocabulary`: their codes) or GB 2312 has: a character too rare for the model may
 * be written for a common one (侬 for 农). Without the sentences of fold `fold` of `folds`, if given.
 */
export function confusionData(vocabulary, { fold, folds } = { fold: -1, folds: 1 }) {
  const known = [
    ...new Set([...vocabulary.map((code) => String.fromCharCode(code)).filter(isIdeograph), ...charactersOfGb2312()]),
  ].sort();
  const isKnown = new Set(known);
  const readings = {};
  for (const character of known) {
    for (const reading of pinyin(character, { toneType: 'num', multiple: true, type: 'array', v: true })) {
      readings[reading] = (readings[reading] ?? '') + character;
    }
  }
  const shapes = Object.entries(JSON.parse(fs.readFileSync(path.join(SHARED, SHAPES), 'utf8')))
    .filter(([character]) => isKnown.has(character))
    .map(([character, others]) => character + others.filter((other) => isKnown.has(other)).join(''))
    .filter((group) => group.length > 1);
  const seen = new Set();
  for (const file of RIGHTS) {
    for (const [index, row] of fs.readFileSync(path.join(SHARED, file), 'utf8').split('\n').entries()) {
      if (index % folds === fold) continue;
      const [, written = '', meant = ''] = row.split('\t');
      for (let at = 0; at < Math.min(written.length, meant.length); at++) {
        if (written[at] !== meant[at] && isIdeograph(written[at]) && isIdeograph(meant[at]))
          seen.add(written[at] + meant[at]);
      }
    }
  }
  return { readings, shapes: shapes.join(' '), seen: [...seen].join('') };
}

function isIdeograph(character) {
  return /^[\u4e00-\u9fff]$/.test(character);
}

/** The 6,763 ideographs of GB/T 2312, in rows 16 to 87 of its table. */
function charactersOfGb2312() {
  const bytes = [];
  for (let row = 16; row <= 87; row++) for (let cell = 1; cell <= 94; cell++) bytes.push(0xa0 + row, 0xa0 + cell);
  return [...new TextDecoder('gb18030').decode(Uint8Array.from(bytes))].filter(isIdeograph);
}
