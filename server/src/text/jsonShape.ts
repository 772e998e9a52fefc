/**
 * Declarations of JSON that people write by hand. One declaration reads a value tolerantly, reports errors in words,
 * and gives the JSON schema by which an editor completes and checks the file.
 */
import type { Node } from 'jsonc-parser/lib/esm/main.js';
import type { Message } from './message';

/** Receives a problem and its place. */
export type Report = (node: Node, message: Message) => void;
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Shape<Value> {
  schema(): JsonSchema;
  /**
   * The value of `node`, which is the member `name` of its parent; undefined if it is unusable. Each problem is passed
   * to `report` once, and valid values beside it are kept. Never throws.
   */
  read(node: Node, report: Report, name: string): Value | undefined;
}

export type ShapeValue<Declared> = Declared extends Shape<infer Value> ? Value : never;

/** A text; optionally one that must contain a character other than a blank. */
export function text(
  facts: JsonSchema = {},
  { filled = false, wrong = A_TEXT }: { readonly filled?: boolean; readonly wrong?: Message } = {},
): Shape<string> {
  return {
    schema: () => ({ type: 'string', ...facts }),
    read(node, report, name) {
      const value: unknown = node.value;
      if (typeof value === 'string' && (!filled || value.trim() !== '')) return value;
      report(node, { ...wrong, values: [name] });
      return undefined;
    },
  };
}

const A_TEXT: Message = { zh: '“{0}”应当是文字', en: '“{0}” must be a text' };

/** One of `values`; `{0}` in `wrong` is replaced by all of them. */
export function choice<const Value extends string>(
  values: readonly Value[],
  wrong: Message,
  facts: JsonSchema = {},
): Shape<Value> {
  return {
    schema: () => ({ enum: values, ...facts }),
    read(node, report) {
      const value = values.find((one) => one === node.value);
      if (value === undefined) report(node, { ...wrong, values: [values.join(', ')] });
      return value;
    },
  };
}

/** A value of the same type as `standard`. */
export function like<Value extends boolean | number | string>(standard: Value, description: string): Shape<Value> {
  return {
    schema: () => ({ type: typeof standard, default: standard, description }),
    read(node, report, name) {
      if (typeof node.value === typeof standard) return node.value as Value;
      report(node, {
        zh: '“{0}”的值应当像 {1} 这样',
        en: '“{0}” takes a value such as {1}',
        values: [name, JSON.stringify(standard)],
      });
      return undefined;
    },
  };
}

/** A list; unusable entries are left out. */
export function list<Value>(items: Shape<Value>, facts: JsonSchema): Shape<Value[]> {
  return {
    schema: () => ({ type: 'array', ...facts, items: items.schema() }),
    read(node, report, name) {
      if (node.type !== 'array') {
        report(node, { zh: '“{0}”应当是一个列表 [ … ]', en: '“{0}” must be a list [ … ]', values: [name] });
        return undefined;
      }
      return (node.children ?? []).flatMap((child) => items.read(child, report, name) ?? []);
    },
  };
}

type Members = Readonly<Record<string, Shape<unknown>>>;
type Read<Declared extends Members> = { [Name in keyof Declared]?: ShapeValue<Declared[Name]> };

interface ObjectOptions {
  /** Its name in messages if it is not an object; by default its own name. */
  readonly called?: Message;
  /** Alternative names that a writer may use: returns the declared name, or undefined for an unknown one. */
  readonly declared?: (written: string) => string | undefined;
  /** Whether it is unusable as a whole if one of its members is wrong. */
  readonly whole?: boolean;
  /** Whether the schema allows other names, which the reader checks. */
  readonly open?: boolean;
}

/** An object with these members, all optional. A name that begins with $ is not offered. */
export function object<const Declared extends Members>(
  members: Declared,
  facts: JsonSchema = {},
  options: ObjectOptions = {},
): Shape<Read<Declared>> {
  const { called, declared = (written: string) => written, whole = false, open = false } = options;
  return {
    schema: () => ({
      type: 'object',
      ...facts,
      properties: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, shape.schema()])),
      ...(!open && { additionalProperties: false }),
    }),
    read(node, report, ownName) {
      const values: Record<string, unknown> = {};
      let sound = true;
      const entries = entriesOf(node, report, called ?? quoted(ownName));
      for (const [written, value, key] of entries ?? []) {
        const name = declared(written);
        const shape = name !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
        if (name === undefined || !shape) {
          const offered = Object.keys(members).filter((one) => !one.startsWith('$'));
          report(key, unknownName(written, offered));
          continue;
        }
        const read = shape.read(value, report, written);
        if (read === undefined) sound = false;
        else values[name] = read;
      }
      return entries && (sound || !whole) ? (values as Read<Declared>) : undefined;
    },
  };
}

/** An object whose members are declared by `shapeOf` for their names; for an invalid name it returns the problem. */
export function record<Value>(
  shapeOf: (name: string) => Shape<Value> | Message,
  schema: () => JsonSchema,
): Shape<Record<string, Value>> {
  return {
    schema,
    read(node, report, ownName) {
      const entries = entriesOf(node, report, quoted(ownName));
      const read = entries?.flatMap(([name, value, key]) => {
        const shape = shapeOf(name);
        if (!('read' in shape)) {
          report(key, shape);
          return [];
        }
        const member = shape.read(value, report, name);
        return member === undefined ? [] : [[name, member] as const];
      });
      return read && Object.fromEntries(read);
    },
  };
}

/** `first` for nodes accepted by `isFirst`, `second` for all others. */
export function either<First, Second>(
  isFirst: (node: Node) => boolean,
  first: Shape<First>,
  second: Shape<Second>,
  keyword: 'anyOf' | 'oneOf',
): Shape<First | Second> {
  return {
    schema: () => ({ [keyword]: [first.schema(), second.schema()] }),
    read: (node, report, name) => (isFirst(node) ? first : second).read(node, report, name),
  };
}

/** The value read by `shape`, converted or rejected by `refine`; on rejection `refine` reports why. */
export function refined<Value, Result>(
  shape: Shape<Value>,
  refine: (value: Value, node: Node, report: Report, name: string) => Result | undefined,
): Shape<Result> {
  return {
    schema: shape.schema,
    read(node, report, name) {
      const value = shape.read(node, report, name);
      return value === undefined ? undefined : refine(value, node, report, name);
    },
  };
}

type Entry = readonly [name: string, value: Node, key: Node];

function entriesOf(node: Node, report: Report, called: Message): Entry[] | undefined {
  if (node.type !== 'object') {
    report(node, { ...called, zh: `${called.zh}应当是一个对象 { … }`, en: `${called.en} must be an object { … }` });
    return undefined;
  }
  return (node.children ?? []).flatMap(({ children = [] }): Entry[] => {
    const [key, value] = children;
    return key && value ? [[String(key.value), value, key]] : [];
  });
}

function quoted(name: string): Message {
  return { zh: '“{0}”', en: '“{0}”', values: [name] };
}

function unknownName(name: string, names: readonly string[]): Message {
  return {
    zh: '这里没有“{0}”这一项，可用的有：{1}',
    en: '“{0}” is not allowed here; allowed are: {1}',
    values: [name, names.join(', ')],
  };
}
