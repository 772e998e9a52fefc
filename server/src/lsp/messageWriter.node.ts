/** Writes messages to a stream, and encodes only once what is sent again and again. */
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';
import type { AnswerEncoding } from './platform';

/** A composed item with more descendants than this is encoded child by child. */
const MANY_DESCENDANTS = 100;

/**
 * Encodes messages as JSON in UTF-8. After an edit nearly all of an outline and of the diagnostics is what the client was
 * sent before: the bytes of such objects are kept as long as the objects live.
 */
export class MessageEncoder implements AnswerEncoding {
  private readonly composed = new WeakSet<object>();
  private readonly bytes = new WeakMap<object, Buffer | undefined>();

  keep(value: object): void {
    if (!this.bytes.has(value)) this.bytes.set(value, undefined);
  }

  keepItems(list: readonly object[]): void {
    this.composed.add(list);
  }

  /** The bytes of `message`, in parts. Throws a TypeError if it has no JSON form. */
  encode(message: Message): Buffer[] {
    const { result, ...rest } = message as { result?: unknown };
    if (!isObject(result)) return [encoded(message)];
    const items = (result as { items?: unknown }).items;
    const parts: Buffer[] = [];
    if (this.knows(result)) {
      this.compose(rest, 'result', () => this.add(result, parts), parts);
    } else if (isObject(items) && this.knows(items)) {
      const { items: _, ...report } = result as { items?: unknown };
      const addItems = () => this.add(items, parts);
      this.compose(rest, 'result', () => this.compose(report, 'items', addItems, parts), parts);
    } else return [encoded(message)];
    return parts;
  }

  private knows(value: object): boolean {
    return this.bytes.has(value) || this.composed.has(value);
  }

  /** Adds `value` to `parts`, in the bytes kept of it or of its items. */
  private add(value: object, parts: Buffer[]): void {
    if (!this.composed.has(value)) {
      parts.push(this.bytesOf(value));
      return;
    }
    let before = OPEN_LIST;
    for (const item of value as readonly object[]) {
      parts.push(before, this.bytesOf(item));
      before = COMMA;
    }
    if (before === OPEN_LIST) parts.push(before);
    parts.push(CLOSE_LIST);
  }

  private bytesOf(value: object): Buffer {
    let bytes = this.bytes.get(value);
    if (!bytes) {
      const { children, ...own } = value as { children?: unknown };
      if (Array.isArray(children) && hasMore(children, MANY_DESCENDANTS)) {
        const parts: Buffer[] = [];
        this.composed.add(children);
        this.compose(own, 'children', () => this.add(children, parts), parts);
        bytes = Buffer.concat(parts);
      } else bytes = encoded(value);
      this.bytes.set(value, bytes);
    }
    return bytes;
  }

  /** Adds the object `rest` with the property `name` too, whose value `addValue` adds. */
  private compose(rest: object, name: string, addValue: () => void, parts: Buffer[]): void {
    const json = JSON.stringify(rest);
    parts.push(Buffer.from(`${json.slice(0, -1)}${json === '{}' ? '' : ','}"${name}":`));
    addValue();
    parts.push(CLOSE_OBJECT);
  }
}

const OPEN_LIST = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE_LIST = Buffer.from(']');
const CLOSE_OBJECT = Buffer.from('}');

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function encoded(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Whether there are more than `count` of `items` and their descendants. */
function hasMore(items: readonly object[], count: number): boolean {
  let left = count;
  const isOver = (list: readonly { children?: readonly object[] }[]): boolean =>
    list.some(({ children }) => --left < 0 || (children !== undefined && isOver(children)));
  return isOver(items);
}

/** Writes each message in one piece, header and content. */
export class StreamWriter extends AbstractMessageWriter implements MessageWriter {
  private errors = 0;

  constructor(
    private readonly stream: NodeJS.WritableStream,
    private readonly encoder: MessageEncoder,
  ) {
    super();
    stream.on('error', (error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  async write(message: Message): Promise<void> {
    try {
      const parts = this.encoder.encode(message);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const bytes = Buffer.concat([Buffer.from(`Content-Length: ${length}\r\n\r\n`), ...parts]);
      await new Promise<void>((resolve, reject) => {
        this.stream.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
    } catch (error) {
      this.fireError(error as Error, message, ++this.errors);
      throw error;
    }
  }

  end(): void {
    this.stream.end();
  }
}
