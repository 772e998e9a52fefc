/**
 * Reads the text of a Word document as Word shows it: with automatic list numbers, tracked changes either accepted or
 * rejected, and without field codes, hidden text or change markup.
 */
import { DocumentParts } from './documentParts';
import { LineWriter } from './lineWriter';
import { ListCounter, Numbering } from './numbering';
import { type Container, type Finished, paragraphsIn } from './parsedParagraph';
import { type PartContext, readPart } from './partReader';
import { Styles } from './styles';
import type { WordComment, WordSources, WordText, WordView } from './wordText';
import { attribute, scanXml } from './xml';
import { plainText, prefixIn } from './xmlText';

/**
 * Reads a document in one view; `keepSources` also records where the text is in the markup, which takes more memory.
 * Throws {@link XmlError} for broken markup and {@link TooManyPieces}.
 */
export function readWordText(sources: WordSources, view: WordView = 'final', keepSources = false): WordText {
  const styles = new Styles(sources.styles, prefixIn(sources.styles, sources.prefix));
  const numbering = new Numbering(sources.numbering, prefixIn(sources.numbering, sources.prefix), styles);
  const parts = new DocumentParts(sources);
  const counter = new ListCounter(numbering);
  const context: PartContext = { view, keepSources, styles, numbering, counter, parts };

  for (const comment of readComments(sources)) parts.comments.set(comment.id, comment);
  const body: Container = { finished: [], place: 'body', carried: undefined };
  const { document } = sources;
  readPart({ source: document, prefix: prefixIn(document, sources.prefix), main: true }, body, context);
  const notes = readNotes(sources, context);

  const lines = new LineWriter();
  for (const one of body.finished) lines.add(one);
  if (notes.length > 0) {
    lines.separate();
    for (const one of notes) lines.add(one);
  }
  return {
    ...lines.result(),
    comments: [...parts.comments.values()],
    changes: parts.changes,
    notes: parts.notes.length,
    tables: parts.tables,
    losses: parts.losses,
  };
}

/** The comments of a document, not yet placed: the main part says what they are about. */
function readComments({ comments: source, prefix: usual }: WordSources): WordComment[] {
  if (source === '') return [];
  const prefix = prefixIn(source, usual);
  const comments: WordComment[] = [];
  let current: { id: string; author: string; date: string; lines: string[] } | undefined;
  let text = 0;
  scanXml(source, {
    open: (name, attributes, _, end) => {
      if (name === `${prefix}comment`) {
        const get = (what: string) => attribute(attributes, prefix + what) ?? '';
        current = { id: get('id'), author: get('author'), date: get('date'), lines: [] };
      } else if (name === `${prefix}p`) current?.lines.push('');
      else if (name === `${prefix}t`) text = end;
    },
    close: (name, start) => {
      if (!current) return;
      if (name === `${prefix}t` && text > 0) {
        const line = current.lines.length - 1;
        if (line >= 0) current.lines[line] += plainText(source.slice(text, start));
        text = 0;
      } else if (name === `${prefix}comment`) {
        const { lines, ...who } = current;
        comments.push({ ...who, text: lines.join('\n').trim(), start: -1, end: -1 });
        current = undefined;
      }
    },
  });
  return comments;
}

/** The footnotes and endnotes referenced in the text, in the order of their marks. */
function readNotes(sources: WordSources, context: PartContext): Finished[] {
  const finished: Finished[] = [];
  for (const kind of ['footnote', 'endnote'] as const) {
    const source = sources[`${kind}s`];
    const wanted = context.parts.notes.filter((note) => note.kind === kind);
    if (wanted.length === 0 || source === '') continue;
    const found = new Map<string, Finished[]>();
    const labels = new Map(wanted.map(({ id, label }) => [id, label]));
    const prefix = prefixIn(source, sources.prefix);
    const body: Container = { finished: [], place: 'note', carried: undefined };
    readPart({ source, prefix, main: false, notes: { kind, found, labels } }, body, context);
    for (const { id, at } of wanted) {
      const paragraphs = found.get(id) ?? [];
      for (const { paragraph } of paragraphs.flatMap(paragraphsIn))
        Object.assign(paragraph, { start: at, content: -1, end: at });
      finished.push(...paragraphs);
    }
  }
  return finished;
}
