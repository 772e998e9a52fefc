/** Shared by commands that change drafts: output to standard output, as a diff, or into the files themselves. */
import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';
import type { Message } from '../text/message';
import { type Call, type Option, UsageError } from './command';
import type { Drafts, LoadedDraft } from './drafts';
import { coloursFor, type Terminal } from './terminal';
import { writeDraft } from './write';

export const WRITING_OPTIONS: readonly Option[] = [
  {
    name: 'diff',
    help: { en: 'show what would change, as a unified diff', zh: '以 unified diff 显示将要改动之处' },
  },
  { name: 'write', help: { en: 'change the files themselves', zh: '直接改写文件' } },
];

/** The changed text of a draft and the number of changes; or why it is unchanged. */
export type Mended = { readonly text: string; readonly applied: number } | { readonly message: Message };

/**
 * Changes every draft of `call` with `change` and outputs the result as the options say. Returns the exit code. A draft
 * that cannot be changed is reported as a failure and otherwise output unchanged.
 */
export async function rewriteAll(
  { operands, options, terminal }: Call,
  drafts: Drafts,
  change: (draft: LoadedDraft) => Promise<Mended> | Mended,
): Promise<number> {
  const write = options.has('write');
  const diff = options.has('diff');
  const toOutput = !diff && !write;
  for await (const draft of toOutput ? single(drafts.read(operands)) : drafts.read(operands)) {
    const mended = await change(draft);
    if ('message' in mended) {
      drafts.fail(draft.name, mended.message);
      if (toOutput) terminal.out(draft.text);
      continue;
    }
    const { text, applied } = mended;
    if (toOutput) terminal.out(text);
    if (diff) terminal.out(difference(draft.name, draft.text, text, terminal));
    if (write && text !== draft.text) {
      await drafts.sweepBeside(draft.name);
      const failure = await writeDraft(draft, text);
      if (failure) {
        drafts.fail(draft.name, failure);
        continue;
      }
    }
    if (applied > 0 || toOutput) drafts.say(draft.name, report(applied, write, diff));
  }
  return drafts.failures > 0 ? 2 : 0;
}

/**
 * The only draft of `drafts`, for standard output. Throws {@link UsageError} for more. If drafts are written back they
 * are read one at a time instead, so that changes saved by the writer meanwhile are read, not overwritten.
 */
export async function* single(drafts: AsyncIterable<LoadedDraft>): AsyncGenerator<LoadedDraft> {
  let only: LoadedDraft | undefined;
  for await (const draft of drafts) {
    if (only) throw onlyOne();
    only = draft;
  }
  if (only) yield only;
}

function report(applied: number, write: boolean, diff: boolean): Message {
  const values = [applied];
  const places = applied === 1 ? '1 place' : `${applied} places`;
  if (write) return { en: `${places} fixed.`, zh: '已改正 {0} 处。', values };
  if (diff) return { en: `${places} can be fixed.`, zh: '可改正 {0} 处。', values };
  return { en: `${places} fixed in the output.`, zh: '输出的文本已改正 {0} 处。', values };
}

function onlyOne(): UsageError {
  return new UsageError({
    en: 'Only one draft can go to standard output; use --write or --diff for several.',
    zh: '标准输出只能写一份文稿；多份文稿请用 --write 或 --diff。',
  });
}

/** The changes as a unified diff; empty if there are none. */
export function difference(name: string, before: string, after: string, terminal: Terminal): string {
  if (before === after) return '';
  const colours = coloursFor(terminal, 'output');
  // The library writes Chinese names in octal, as git does; `patch` and `git apply` accept them verbatim too, with a
  // tab after a name that contains blanks.
  const tab = /\s/.test(name) ? '\t' : '';
  const head = [`--- a/${name}${tab}`, `+++ b/${name}${tab}`].map((line) => colours.bold(line));
  const patch = structuredPatch(name, name, before, after, undefined, undefined, { context: 1 });
  const body = formatPatch(patch, OMIT_HEADERS)
    .split('\n')
    .map((line) => {
      if (line.startsWith('@@')) return colours.cyan(line);
      if (line.startsWith('-')) return colours.red(line);
      return line.startsWith('+') ? colours.green(line) : line;
    });
  return [...head, ...body].join('\n');
}
