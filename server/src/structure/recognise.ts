/** Distinguishes Chinese policy prose from other text by its structure, not by a list of words. */
import { isDigit, isHan, isLatin } from '../text/characters';
import { analyse } from './analyse';
import type { Analysis, BlockKind, DocumentKind, MarkerFamily } from './analysis';

/** Sample size: enough for the head of a long text, little enough to be analysed whenever a text is opened. */
const SAMPLE = 20_000;
/** Fewer Chinese characters than this are not enough evidence. */
const MIN_HAN = 60;

/** Families that hardly occur outside official prose, and those that lists of any kind use. */
const OFFICIAL = new Set<MarkerFamily>([
  'chinese',
  'chineseBracket',
  'formal',
  'part',
  'chapter',
  'article',
  'ordinal',
  'yishi',
  'yiyao',
]);
const OFFICIAL_BLOCKS = new Set<BlockKind>(['adoption', 'documentNumber', 'salutation', 'attachment', 'signature']);

/**
 * Whether `text` is Chinese prose of any kind: mostly Han and punctuated as sentences are. Needs little text to be
 * certain, because it only keeps findings away from logs, code, word lists and other languages; see also {@link
 * readsAsPolicyProse}. Looks at the first 20,000 characters only; never throws.
 */
export function readsAsChineseProse(text: string): boolean {
  return isChineseProse(countCharacters(text.length > SAMPLE ? text.slice(0, SAMPLE) : text));
}

/** At least one mark that ends a clause per this many Chinese characters. */
const CLAUSE = 80;

function isChineseProse({ han, latin, kana, digits, commas, stops, enumerationCommas, cries }: Counts): boolean {
  const letters = han + latin + kana + digits / 2;
  if (han < 8 || han < letters * 0.6 || kana * 20 > han) return false;
  return (commas + stops + enumerationCommas + cries) * CLAUSE >= han;
}

/**
 * Whether `text` reads as Chinese policy prose: mostly Han, punctuated, and structured like a speech, a report, a
 * notice or a law — numbered headings, enumerations, salutation, document number, sign-off, long sentences of parallel
 * parts. Dialogue, logs, code and lists of short lines are not. Looks at the first 20,000 characters only; never
 * throws.
 */
export function readsAsPolicyProse(text: string): boolean {
  return policyProseSample(text) !== undefined;
}

/** The analysis of `text`, a document of `kind`, if it {@link readsAsPolicyProse}, else undefined. Never throws. */
export function policyProse(text: string, kind: DocumentKind): Analysis | undefined {
  const sample = policyProseSample(text);
  // Most drafts are shorter than the sample: these are analysed once.
  return sample?.text === text && sample.kind === kind ? sample : sample && analyse(text, kind);
}

/** The analysis of the sample that shows that `text` reads as policy prose; undefined if it does not. */
function policyProseSample(text: string): Analysis | undefined {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const counts = countCharacters(sample);
  if (counts.han < MIN_HAN || !isChineseProse(counts)) return undefined;
  const analysis = analyse(sample);
  // An official list or two official blocks are enough; a list of any kind needs the prose to match.
  const points = 2 * structurePoints(analysis) + prosePoints(counts) - 2 * dialoguePoints(analysis, counts);
  // Enumerations within sentences are only searched for if they decide.
  return points >= 4 || (points >= 2 && hasOfficialEnumeration(analysis)) ? analysis : undefined;
}

interface Counts {
  han: number;
  latin: number;
  digits: number;
  kana: number;
  commas: number;
  stops: number;
  enumerationCommas: number;
  cries: number;
}

function countCharacters(text: string): Counts {
  const counts: Counts = { han: 0, latin: 0, digits: 0, kana: 0, commas: 0, stops: 0, enumerationCommas: 0, cries: 0 };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isHan(code)) counts.han++;
    else if (isLatin(code)) counts.latin++;
    else if (isDigit(code)) counts.digits++;
    else if ((code >= 0x3041 && code <= 0x30ff) || (code >= 0xac00 && code <= 0xd7a3)) counts.kana++;
    else if (code === 0xff0c || code === 0x2c) counts.commas++;
    else if (code === 0x3002 || code === 0xff1b || code === 0xff1a) counts.stops++;
    else if (code === 0x3001) counts.enumerationCommas++;
    else if (code === 0xff01 || code === 0xff1f || code === 0x21 || code === 0x3f) counts.cries++;
  }
  return counts;
}

function structurePoints(analysis: Analysis): number {
  let points = 0;
  const lists = analysis.lists.filter(({ markers }) => markers.length > 1);
  if (lists.some(({ family }) => OFFICIAL.has(family))) points += 2;
  else if (lists.length > 0) points += 1;
  const blocks = new Set(analysis.blocks.map(({ kind }) => kind).filter((kind) => OFFICIAL_BLOCKS.has(kind)));
  return points + Math.min(2, blocks.size);
}

/** Worth one point of structure. */
function hasOfficialEnumeration({ enumerations }: Analysis): boolean {
  return enumerations.some(({ list }) => OFFICIAL.has(list.family));
}

/** Policy prose joins parallel parts with 、 and has long sentences. */
function prosePoints({ han, stops, cries, commas, enumerationCommas }: Counts): number {
  let points = 0;
  if (enumerationCommas * 100 > han * 0.8) points++;
  if (han > 30 * (stops + cries) && commas * 12 > stops) points++;
  return points;
}

/** Direct speech, questions and exclamations belong to stories and chats. */
function dialoguePoints({ text, lines }: Analysis, { han, cries }: Counts): number {
  let spoken = 0;
  let written = 0;
  for (let line = 0; line < lines.count; line++) {
    const first = text.slice(lines.start(line), lines.end(line)).trimStart()[0];
    if (first === undefined) continue;
    written++;
    if (first === '“' || first === '「' || first === '"') spoken++;
  }
  return (spoken * 8 > written && spoken > 2 ? 3 : 0) + (cries * 80 > han ? 2 : 0);
}
