/** The shipped spelling model: one file with the confusable characters and the language model. */
import type { Resumable } from '../text/resumable';
import { Checker } from './checker';
import { type ConfusionData, Confusions } from './confusions';
import { LanguageModel, type SharedLanguageModel } from './languageModel';
import { decodeTrie, encodeTrie, type Trie } from './modelFile';
import type { ScreeningThresholds } from './screening';
import { type SharedWordCandidates, WordCandidateTable } from './wordCandidates';

/** The data stored beside the n-grams. */
export interface SpellingData extends ConfusionData {
  /** Weights of the features of a slip in its line, and the constant; see {@link decide}. */
  readonly weights: readonly number[];
  /** Weights of the evidence from a text (`rules/text/misspellingEvidence.ts`) of a few sentences, and the constant. */
  readonly sentence: readonly number[];
  /** The same for a whole document. */
  readonly evidence: readonly number[];
  /** Where a line is searched; everywhere where it is surprising without. */
  readonly screening?: ScreeningThresholds;
}

export interface SpellingModel {
  readonly language: LanguageModel;
  readonly confusions: Confusions;
  readonly checker: Checker;
  /** See {@link SpellingData}. */
  readonly sentence: readonly number[];
  readonly evidence: readonly number[];
  /** The model for another thread; see {@link spellingModelFrom}. Moves it to shared memory, a few milliseconds at a time. */
  shared(): Resumable<SharedSpellingModel>;
}

/** A model as another thread receives it: plain data, whose large arrays are in shared memory. */
export interface SharedSpellingModel {
  readonly data: SpellingData;
  readonly language: SharedLanguageModel;
  readonly words: SharedWordCandidates;
}

/** The file's bytes: the length of the data on confusable characters, that data as JSON, and the n-grams. */
export function encodeSpellingModel(data: SpellingData, trie: Trie): Uint8Array {
  return joined(data, encodeTrie(trie));
}

/** Replaces the weights in the encoded model `bytes`; the result equals encoding anew. */
export function withWeights(
  bytes: Uint8Array,
  weights: Pick<SpellingData, 'weights' | 'sentence' | 'evidence' | 'screening'>,
): Uint8Array {
  const { data, body } = parted(bytes);
  return joined({ readings: data.readings, shapes: data.shapes, seen: data.seen, ...weights }, body);
}

function joined(data: SpellingData, body: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(data));
  const bytes = new Uint8Array(4 + json.length + body.length);
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, 4);
  bytes.set(body, 4 + json.length);
  return bytes;
}

function parted(bytes: Uint8Array): { readonly data: SpellingData; readonly body: Uint8Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const data = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as SpellingData;
  return { data, body: bytes.subarray(4 + length) };
}

/**
 * Decodes the output of {@link encodeSpellingModel} incrementally, a few milliseconds at a time.
 * @throws RangeError or SyntaxError if `bytes` are something else
 */
export function* decodeSpellingModel(bytes: Uint8Array): Resumable<SpellingModel> {
  const { data, body } = parted(bytes);
  yield;
  const confusions = yield* Confusions.of(data);
  yield;
  const trie = yield* decodeTrie(body);
  const language = yield* LanguageModel.of(trie);
  const words = new WordCandidateTable(language, confusions);
  yield* words.prepare();
  return modelOf(data, language, confusions, words);
}

/** The model that another thread has shared, incrementally. */
export function* spellingModelFrom({ data, language: shared, words }: SharedSpellingModel): Resumable<SpellingModel> {
  const confusions = yield* Confusions.of(data);
  const language = LanguageModel.from(shared);
  return modelOf(data, language, confusions, new WordCandidateTable(language, confusions, words));
}

function modelOf(
  data: SpellingData,
  language: LanguageModel,
  confusions: Confusions,
  words: WordCandidateTable,
): SpellingModel {
  const { sentence, evidence } = data;
  const checker = new Checker(language, confusions, words, data.weights, data.screening);
  const shared = function* (): Resumable<SharedSpellingModel> {
    return { data, language: yield* language.shared(), words: words.shared() };
  };
  return { language, confusions, checker, sentence, evidence, shared };
}
