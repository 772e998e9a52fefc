/** Completion in the head of a draft: field names and their values. */
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-types';
import { HEAD_HINTS, HEAD_VALUES } from '../rules/headValues';
import { HEAD_FIELDS, type HeadField, headEntry, headFieldNamed } from '../structure/draftHead';
import { type Locale, localise } from '../text/message';

/** Maximum number of lines and maximum length of a head. */
const MAX_LINES = 40;
const MAX_LENGTH = 8_000;
const FENCE = /^---\s*$/;

/**
 * The items if the caret is in a head, even an unclosed one; undefined otherwise. On a line of its own unused names,
 * after a colon values.
 */
export function headItems(
  text: string,
  offset: number,
  position: Position,
  locale: Locale,
): CompletionItem[] | undefined {
  if (offset > MAX_LENGTH || !text.startsWith('---')) return undefined;
  const lines = text.slice(0, MAX_LENGTH).split(/\r?\n/, MAX_LINES);
  const { line, character } = position;
  if (line === 0 || !FENCE.test(lines[0] as string)) return undefined;
  const closed = lines.findIndex((words, at) => at > 0 && FENCE.test(words));
  const entries = lines.slice(1, closed < 0 ? undefined : closed).map((words) => headEntry(words, 0));
  const isOurs = entries.some((entry) => entry?.field !== undefined);
  // An unclosed head ends where something else begins; one meant for other programs is left to them.
  const open = entries.findIndex((entry, at) => at < line - 1 && !entry?.field && (lines[at + 1] ?? '').trim() !== '');
  if (
    closed < 0
      ? open >= 0
      : line >= closed || (!isOurs && entries.some((entry, at) => entry !== undefined && at + 1 !== line))
  )
    return undefined;
  const left = (lines[line] ?? '').slice(0, character);
  const right = (lines[line] ?? '').slice(character);
  const range = (start: number, end = character) => ({
    start: { line, character: start },
    end: { line, character: end },
  });
  const colon = left.search(/[：:]/);
  if (colon < 0) {
    const said = new Set(entries.flatMap((entry, at) => (entry?.field && at + 1 !== line ? [entry.field] : [])));
    const start = left.length - left.trimStart().length;
    return (Object.keys(HEAD_FIELDS) as HeadField[])
      .filter((field) => !said.has(field))
      .map((field, index) => {
        const [name] = HEAD_FIELDS[field];
        const end = right.search(/[：:]/);
        return {
          label: name,
          kind: CompletionItemKind.Property,
          detail: localise(HEAD_HINTS[field], locale),
          sortText: String(index).padStart(2, '0'),
          filterText: left.slice(start) + name,
          textEdit: {
            range: range(start, end < 0 ? character : character + end),
            newText: end < 0 ? `${name}：` : name,
          },
        };
      });
  }
  const field = headFieldNamed(left.slice(0, colon).trim());
  const values = field && HEAD_VALUES[field];
  const written = left.slice(colon + 1);
  const start = colon + 1 + (written.length - written.trimStart().length);
  return (values ?? []).map((value, index) => ({
    label: value,
    kind: CompletionItemKind.Value,
    sortText: String(index).padStart(2, '0'),
    filterText: left.slice(start) + value,
    textEdit: { range: range(start, character + right.length), newText: value },
  }));
}
