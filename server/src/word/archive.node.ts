/**
 * A zip archive whose entries are unpacked within limits and copied verbatim: whatever a review does not touch stays
 * identical byte for byte, which no library here offers.
 */
import zlib from 'node:zlib';

/** Why an archive cannot be read. */
export type ArchiveProblem = 'damaged' | 'too-large' | 'encrypted';

export class ArchiveError extends Error {
  constructor(readonly problem: ArchiveProblem) {
    super(problem);
    this.name = 'ArchiveError';
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: Uint8Array;
  readonly size: number;
  /** The central directory record of the entry, name and extra fields included. */
  readonly record: Uint8Array;
}

/** Limits for one archive: total unpacked size in bytes, and number of entries. */
const MAX_UNPACKED = 200 * 1024 * 1024;
const MAX_ENTRIES = 20_000;

const END = 0x06054b50;
const RECORD = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

export class Archive {
  private left = MAX_UNPACKED;

  private constructor(private readonly entries: ReadonlyMap<string, Entry>) {}

  /**
   * Reads the central directory of `bytes`. Throws {@link ArchiveError}; zip64 and multi-disk archives are not
   * supported.
   */
  static open(bytes: Uint8Array): Archive {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - 22;
    const lowest = Math.max(0, end - 0xffff);
    while (end >= lowest && view.getUint32(end, true) !== END) end--;
    if (end < lowest) throw new ArchiveError('damaged');
    const count = view.getUint16(end + 10, true);
    if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
      throw new ArchiveError('damaged');
    if (count > MAX_ENTRIES) throw new ArchiveError('too-large');
    const entries = new Map<string, Entry>();
    let at = view.getUint32(end + 16, true);
    for (let left = count; left > 0; left--) {
      if (at + 46 > end || view.getUint32(at, true) !== RECORD) throw new ArchiveError('damaged');
      const next =
        at + 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      if (next > end) throw new ArchiveError('damaged');
      const entry = readEntry(bytes, view, at, next);
      // If two entries have the same name, word processors disagree on which one to read.
      if (entries.has(entry.name)) throw new ArchiveError('damaged');
      entries.set(entry.name, entry);
      at = next;
    }
    return new Archive(entries);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The unpacked bytes of an entry; undefined if there is none. Throws {@link ArchiveError}. */
  read(name: string): Uint8Array | undefined {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    let data: Uint8Array;
    if (entry.method === STORED) data = entry.packed;
    else if (entry.method === DEFLATED) {
      try {
        data = zlib.inflateRawSync(entry.packed, { maxOutputLength: this.left + 1 });
      } catch (error) {
        throw new ArchiveError(
          (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged',
        );
      }
    } else throw new ArchiveError('damaged');
    this.left -= data.length;
    if (this.left < 0) throw new ArchiveError('too-large');
    return data;
  }

  /** The bytes of an archive in which the entries of `changes` have this content, new ones at the end. */
  with(changes: ReadonlyMap<string, Uint8Array>): Uint8Array {
    const files: Uint8Array[] = [];
    const directory: Uint8Array[] = [];
    let offset = 0;
    const add = (entry: Entry): void => {
      const record = Buffer.from(entry.record);
      // A streamed entry states its sizes after the data; here they are written before it.
      const flags = record.readUInt16LE(8) & ~8;
      record.writeUInt16LE(flags, 8);
      record.writeUInt16LE(entry.method, 10);
      record.writeUInt32LE(entry.checksum, 16);
      record.writeUInt32LE(entry.packed.length, 20);
      record.writeUInt32LE(entry.size, 24);
      record.writeUInt32LE(offset, 42);
      const nameLength = record.readUInt16LE(28);
      const head = Buffer.alloc(30);
      head.writeUInt32LE(LOCAL, 0);
      record.copy(head, 4, 6, 30);
      head.writeUInt16LE(0, 28);
      const local = Buffer.concat([head, record.subarray(46, 46 + nameLength)]);
      files.push(local, entry.packed);
      directory.push(record);
      offset += local.length + entry.packed.length;
    };
    for (const entry of this.entries.values()) {
      const data = changes.get(entry.name);
      add(data ? packed(entry.name, data, entry.record) : entry);
    }
    for (const [name, data] of changes) if (!this.entries.has(name)) add(packed(name, data, newRecord(name)));
    const size = directory.reduce((sum, record) => sum + record.length, 0);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(END, 0);
    end.writeUInt16LE(directory.length, 8);
    end.writeUInt16LE(directory.length, 10);
    end.writeUInt32LE(size, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...files, ...directory, end]);
  }
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, next: number): Entry {
  const flags = view.getUint16(at + 8, true);
  if (flags & 1) throw new ArchiveError('encrypted');
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) throw new ArchiveError('damaged');
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packedSize > bytes.length || view.getUint16(at + 34, true) !== 0) throw new ArchiveError('damaged');
  const nameLength = view.getUint16(at + 28, true);
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packed: bytes.subarray(start, start + packedSize),
    size,
    record: bytes.subarray(at, next),
  };
}

function packed(name: string, data: Uint8Array, record: Uint8Array): Entry {
  return {
    name,
    method: DEFLATED,
    checksum: crc32(data),
    packed: zlib.deflateRawSync(data),
    size: data.length,
    record,
  };
}

/** The directory record of a new file, dated as word processors do: 1 January 1980. */
function newRecord(name: string): Uint8Array {
  const bytes = Buffer.from(name, 'utf8');
  const record = Buffer.alloc(46);
  record.writeUInt32LE(RECORD, 0);
  record.writeUInt16LE(20, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE(0x800, 8);
  record.writeUInt16LE(0x21, 14);
  record.writeUInt16LE(bytes.length, 28);
  return Buffer.concat([record, bytes]);
}

const CRC = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum of zip archives (ISO 3309). Node has one only from 20.15 on. */
function crc32(data: Uint8Array): number {
  let value = -1;
  for (const byte of data) value = (value >>> 8) ^ (CRC[(value ^ byte) & 255] as number);
  return (value ^ -1) >>> 0;
}
