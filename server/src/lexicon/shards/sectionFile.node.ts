/**
 * Files that pass work from one process to another: named sections, and a checksum at the end. A file is written under
 * a temporary name and renamed when complete, so that an incomplete one is never visible, and one that was truncated or
 * changed is rejected.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cannotFlush } from '../../disk.node';
import type { Message } from '../../text/message';

const MAGIC = Buffer.from('policy-text part 1\n');
const SUM_SIZE = 32;
const BLOCK = 1 << 20;

/** A file that cannot be used; `explanation` is meant for whoever runs the command. */
export class PartError extends Error {
  constructor(readonly explanation: Message) {
    super(explanation.en);
    this.name = 'PartError';
  }
}

function damaged(file: string): PartError {
  return new PartError({
    en: '{0} is not a complete part: it was truncated or changed, or written by another program. Create it again.',
    zh: '{0} 不是完整的分片文件：可能没有写完、被改动过，或由其他程序生成。请重新生成。',
    values: [file],
  });
}

/** Writes a section file. Nothing exists at `file` until {@link finish}. */
export class SectionWriter {
  private readonly beside: string;
  private readonly handle: number;
  private readonly hash: Hash = createHash('sha256');

  constructor(private readonly file: string) {
    this.beside = path.join(path.dirname(file), `.policy-text-${randomUUID()}.tmp`);
    this.handle = fs.openSync(this.beside, 'wx');
    this.put(MAGIC);
  }

  /** Adds `bytes` to the section `name`; a section may be written in several pieces. */
  add(name: string, bytes: Uint8Array): void {
    const label = Buffer.from(name);
    const head = Buffer.alloc(1 + label.length + 4);
    for (let from = 0; from === 0 || from < bytes.length; from += BLOCK) {
      const piece = bytes.subarray(from, from + BLOCK);
      head[0] = label.length;
      label.copy(head, 1);
      head.writeUInt32LE(piece.length, 1 + label.length);
      this.put(head);
      this.put(piece);
    }
  }

  /** Adds the numbers of a typed array. */
  addArray(name: string, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
    this.add(name, new Uint8Array(buffer, byteOffset, byteLength));
  }

  addJson(name: string, value: unknown): void {
    this.add(name, Buffer.from(JSON.stringify(value)));
  }

  /** Completes the file and moves it into place. */
  finish(): void {
    fs.writeSync(this.handle, Uint8Array.of(0));
    fs.writeSync(this.handle, this.hash.update(Uint8Array.of(0)).digest());
    try {
      fs.fsyncSync(this.handle);
    } catch (error) {
      if (!cannotFlush(error)) throw error;
    }
    fs.closeSync(this.handle);
    fs.renameSync(this.beside, this.file);
  }

  /** Abandons the file and removes it. */
  abandon(): void {
    try {
      fs.closeSync(this.handle);
    } catch {
      // Closed already.
    }
    fs.rmSync(this.beside, { force: true });
  }

  private put(bytes: Uint8Array): void {
    this.hash.update(bytes);
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(this.handle, bytes, done);
  }
}

/** Writes `file` with `write`, whole or not at all. */
export function writeSections<Result>(file: string, write: (to: SectionWriter) => Result): Result {
  const writer = new SectionWriter(file);
  try {
    const result = write(writer);
    writer.finish();
    return result;
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** A section file, read incrementally. */
export class SectionFile {
  private readonly pieces = new Map<string, { at: number; size: number }[]>();
  private readonly handle: number;
  private isOpen = true;

  /** Opens and verifies it. Throws a file system error, or {@link PartError} if it is incomplete. */
  constructor(readonly file: string) {
    this.handle = fs.openSync(file, 'r');
    try {
      this.check();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Closes it; repeated calls do nothing. */
  close(): void {
    if (this.isOpen) fs.closeSync(this.handle);
    this.isOpen = false;
  }

  has(name: string): boolean {
    return this.pieces.has(name);
  }

  /** The content of a section; empty if there is none. */
  bytes(name: string): Buffer {
    const pieces = this.pieces.get(name) ?? [];
    const all = Buffer.alloc(pieces.reduce((sum, { size }) => sum + size, 0));
    let to = 0;
    for (const { at, size } of pieces) {
      this.fill(all.subarray(to, to + size), at);
      to += size;
    }
    return all;
  }

  json<Value>(name: string): Value {
    return JSON.parse(this.bytes(name).toString('utf8'));
  }

  float64(name: string): Float64Array {
    const { buffer, byteLength } = this.bytes(name);
    return new Float64Array(buffer, 0, byteLength / 8);
  }

  int32(name: string): Int32Array {
    const { buffer, byteLength } = this.bytes(name);
    return new Int32Array(buffer, 0, byteLength / 4);
  }

  /** The pieces of a section, one after another. */
  *blocks(name: string): Generator<Buffer> {
    for (const { at, size } of this.pieces.get(name) ?? []) {
      const block = Buffer.alloc(size);
      this.fill(block, at);
      yield block;
    }
  }

  /** The numbers of a section that is a Float64Array, without having all of them in memory. */
  *float64s(name: string): Generator<number, undefined> {
    for (const { buffer, byteLength } of this.blocks(name)) yield* new Float64Array(buffer, 0, byteLength / 8);
  }

  /** The same for an Int32Array. */
  *int32s(name: string): Generator<number, undefined> {
    for (const { buffer, byteLength } of this.blocks(name)) yield* new Int32Array(buffer, 0, byteLength / 4);
  }

  /** The lines of a section. */
  *lines(name: string): Generator<string> {
    const decoder = new TextDecoder();
    let rest = '';
    for (const block of this.blocks(name)) {
      const lines = (rest + decoder.decode(block, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  /** Reads the section as numbers and units, from the beginning. */
  reader(name: string): SectionReader {
    return new SectionReader(this.blocks(name));
  }

  private fill(into: Uint8Array, at: number): void {
    for (let done = 0; done < into.length; ) {
      const read = fs.readSync(this.handle, into, done, into.length - done, at + done);
      if (read === 0) throw damaged(this.file);
      done += read;
    }
  }

  /** Reads the whole file once: locates the pieces, and verifies the checksum. */
  private check(): void {
    const { size } = fs.fstatSync(this.handle);
    const hash = createHash('sha256');
    const take = (length: number, at: number): Buffer => {
      if (at + length > size) throw damaged(this.file);
      const bytes = Buffer.alloc(length);
      this.fill(bytes, at);
      hash.update(bytes);
      return bytes;
    };
    if (!take(MAGIC.length, 0).equals(MAGIC)) throw damaged(this.file);
    let at = MAGIC.length;
    for (;;) {
      const length = take(1, at++)[0] as number;
      if (length === 0) break;
      const head = take(length + 4, at);
      at += head.length;
      const piece = { at, size: head.readUInt32LE(length) };
      if (piece.size > BLOCK) throw damaged(this.file);
      take(piece.size, at);
      at += piece.size;
      const name = head.toString('utf8', 0, length);
      const others = this.pieces.get(name);
      if (others) others.push(piece);
      else this.pieces.set(name, [piece]);
    }
    const sum = Buffer.alloc(SUM_SIZE);
    if (at + SUM_SIZE !== size) throw damaged(this.file);
    this.fill(sum, at);
    if (!sum.equals(hash.digest())) throw damaged(this.file);
  }
}

/** A sequence of numbers, small ones in fewer bytes (LEB128), buffered and written in pieces. */
export class NumberWriter {
  private bytes = Buffer.alloc(BLOCK);
  private size = 0;

  constructor(
    private readonly to: Pick<SectionWriter, 'add'>,
    private readonly name: string,
  ) {}

  /** Writes a whole number from 0 to 2^53. */
  number(value: number): void {
    if (this.size + 8 > BLOCK) this.flush();
    let left = value;
    while (left >= 0x80) {
      this.bytes[this.size++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.bytes[this.size++] = left;
  }

  flush(): void {
    if (this.size > 0) this.to.add(this.name, this.bytes.subarray(0, this.size));
    this.size = 0;
  }
}

/** Reads the output of {@link NumberWriter}. */
export class SectionReader {
  private block: Buffer = Buffer.alloc(0);
  private at = 0;

  constructor(private readonly blocks: Iterator<Buffer>) {}

  /** The next number; -1 if there is none. */
  number(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.at === this.block.length) {
        const { done, value: next } = this.blocks.next();
        if (done) return -1;
        this.block = next;
        this.at = 0;
        continue;
      }
      const byte = this.block[this.at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }
}
