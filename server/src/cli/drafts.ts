/** Finds the drafts that the operands of a command name, and reads them in any encoding. */

import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem, readOrdinary, readWhole, removeAbandoned, undecodableName } from '../disk.node';
import { draftKind, isDraftName, isSkippedName, isWordName } from '../drafts/discovery';
import { type Extracted, extracted, MAX_BYTES, Unreadable } from '../drafts/extraction.node';
import type { DocumentKind } from '../structure/analysis';
import { DecodeError, decode, ENCODING_NAMES } from '../text/encoding';
import { type Locale, localise, type Message } from '../text/message';
import type { WordView } from '../word/wordText';
import { type Option, UsageError } from './command';
import { printable } from './display';
import { coloursFor, type Terminal } from './terminal';

/** A text and its source. */
export interface LoadedDraft extends Extracted {
  /** The path as given by the writer, or {@link STANDARD_INPUT}. */
  readonly name: string;
  /** The raw bytes, before decoding. */
  readonly bytes?: Uint8Array;
  readonly kind: DocumentKind;
}

/** How Word documents are read. */
export interface WordReading {
  /** Whether Word documents found in folders are drafts too; not for commands that write drafts back. */
  readonly inFolders?: boolean;
  /** Whether tracked changes are read as accepted (default) or as rejected. */
  readonly view?: WordView;
}

/** The name of a text from standard input. */
export const STANDARD_INPUT = '<stdin>';

/** The option of every command that reads drafts. */
export const ENCODING_OPTION: Option = {
  name: 'encoding',
  value: 'NAME',
  help: {
    en: `encoding of the files: ${ENCODING_NAMES.join(', ')} (default: detected)`,
    zh: `文件编码：${ENCODING_NAMES.join('、')}（默认自动识别）`,
  },
};

/** Reads drafts one after the other and reports on standard error what could not be read. */
export class Drafts {
  /** Number of operands or files that could not be read. */
  failures = 0;
  private readonly visited = new Set<string>();
  private readonly swept = new Set<string>();

  constructor(
    private readonly terminal: Terminal,
    private readonly locale: Locale,
    private readonly encoding: string | undefined,
    private readonly reading: WordReading = {},
  ) {}

  /**
   * Yields the drafts named by `operands`: files, folders with everything in them, `-` for standard input. Within a
   * folder they are sorted by name, none twice even if the folder links back to itself; texts there without a single
   * Chinese character are not drafts. Throws {@link UsageError} if there is no operand or the encoding's name is
   * unknown.
   */
  async *read(operands: readonly string[]): AsyncGenerator<LoadedDraft> {
    if (operands.length === 0) {
      throw new UsageError({
        en: 'Name a file, a folder, or - for standard input.',
        zh: '请给出文件或文件夹；用 - 表示标准输入。',
      });
    }
    for (const operand of operands) {
      if (operand === '-') yield* this.decoded(STANDARD_INPUT, () => this.terminal.readStandardInput());
      else yield* this.named(operand);
    }
  }

  private async *named(operand: string): AsyncGenerator<LoadedDraft> {
    let isFolder: boolean;
    try {
      isFolder = (await fs.stat(operand)).isDirectory();
    } catch (error) {
      this.fail(operand, reasonFor(error));
      return;
    }
    if (!isFolder) {
      yield* this.decoded(operand, () => readWhole(operand, MAX_BYTES));
      return;
    }
    let any = false;
    for await (const file of this.filesIn(operand)) {
      for await (const draft of this.decoded(file, () => readOrdinary(file, MAX_BYTES))) {
        if (!/\p{Script=Han}/u.test(draft.text)) continue;
        any = true;
        yield draft;
      }
    }
    if (!any) {
      this.say(operand, {
        en: 'This folder contains no drafts (.txt, .md, .gongwen).',
        zh: '这个文件夹里没有文稿（.txt、.md、.gongwen）。',
      });
    }
  }

  private async *filesIn(folder: string): AsyncGenerator<string> {
    try {
      const real = await fs.realpath(folder);
      if (this.visited.has(real)) return;
      this.visited.add(real);
      const names = await fs.readdir(folder);
      names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      for (const name of names) {
        if (isSkippedName(name)) continue;
        const entry = path.join(folder, name);
        const status = await fs.stat(entry).catch(() => undefined);
        if (status?.isDirectory()) yield* this.filesIn(entry);
        else if ((!status || status.isFile()) && this.isDraft(name, names) && (await this.isNew(entry))) yield entry;
      }
    } catch (error) {
      this.fail(folder, reasonFor(error));
    }
  }

  /**
   * A Word document beside a draft of the same name was exported from it, or the draft was imported from the document.
   */
  private isDraft(name: string, beside: readonly string[]): boolean {
    if (isDraftName(name)) return true;
    if (!this.reading.inFolders || !isWordName(name)) return false;
    const base = name.replace(/\.[^.]*$/, '.');
    return !beside.some((other) => other.startsWith(base) && isDraftName(other));
  }

  private async isNew(file: string): Promise<boolean> {
    const real = await fs.realpath(file).catch(() => file);
    if (this.visited.has(real)) return false;
    this.visited.add(real);
    return true;
  }

  private async *decoded(name: string, read: () => Promise<Uint8Array>): AsyncGenerator<LoadedDraft> {
    let bytes: Uint8Array;
    let decoded: Extracted;
    try {
      bytes = await read();
      decoded = (await extracted(name, bytes, this.reading.view)) ?? decode(bytes, this.encoding);
    } catch (error) {
      if (error instanceof Unreadable) {
        this.fail(name, error.explanation);
        return;
      }
      if (error instanceof DecodeError && error.problem === 'unknown-encoding') {
        throw new UsageError(error.explanation);
      }
      const unnamed = (error as NodeJS.ErrnoException).code === 'ENOENT' ? undecodableName(name) : undefined;
      this.fail(name, unnamed ?? (error instanceof DecodeError ? error.explanation : reasonFor(error)));
      return;
    }
    if (decoded.note) this.say(name, decoded.note);
    yield { ...decoded, name, bytes, kind: draftKind(name) };
  }

  /** Removes, once per folder, temporary files that killed processes left beside the file `name`. */
  async sweepBeside(name: string): Promise<void> {
    const folder = path.dirname(path.resolve(name));
    if (this.swept.has(folder)) return;
    this.swept.add(folder);
    await removeAbandoned(folder);
  }

  /** Reports that `name` could not be read (or written). */
  fail(name: string, why: Message): void {
    this.failures++;
    this.say(name, why);
  }

  /** Prints a message about `name` on standard error, in one line. */
  say(name: string, what: Message): void {
    const colours = coloursFor(this.terminal, 'error');
    this.terminal.error(`${colours.bold(printable(name) || '“”')}: ${printable(localise(what, this.locale))}\n`);
  }
}

/** The message for an error of a file. */
export function reasonFor(error: unknown): Message {
  return (
    fileProblem(error) ?? {
      en: 'It cannot be read or written ({0}).',
      zh: '读写不了（{0}）。',
      values: [(error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))],
    }
  );
}
