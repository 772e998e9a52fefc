/** Two drafts as one Word document in which the differences are tracked changes. */
import { DeletedTextRun, Document, InsertedTextRun, Packer, Paragraph, TextRun } from 'docx';
import { arrangeLike } from '../compare/arrange';
import { pairPlaces, passagesAt, type SentencePair } from '../compare/sentences';
import type { Analysis } from '../structure/analysis';

const AUTHOR = 'policy-text';
/** 3号, in half-points, and a line of 28.95 pt, in twentieths. */
const SIZE = 32;
const LINE = 579;

/**
 * The document's bytes. Accepting all changes gives the paragraphs of `current`; rejecting all gives those of `old`,
 * its sections placed where their counterparts are. `names` are those of the drafts. Blank lines are left out.
 */
export async function comparisonDocument(
  old: Analysis,
  current: Analysis,
  names: readonly [string, string],
): Promise<Uint8Array> {
  const changes = new Changes();
  const children = pairsOf(paragraphsOf(arrangeLike(old, current)), paragraphsOf(current.text)).map((pair) =>
    changes.paragraph(pair),
  );
  const font = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' };
  const document = new Document({
    title: `${names[0]} → ${names[1]}`,
    creator: AUTHOR,
    styles: { default: { document: { run: { font, size: SIZE } } } },
    sections: [{ children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The paragraphs of both, in order: equal ones are paired first, those between them by similarity. */
export function pairsOf(old: readonly string[], current: readonly string[]): SentencePair[] {
  return pairPlaces(old, current).map((places) => passagesAt(old, current, places));
}

/** Creates paragraphs, and numbers their changes. */
class Changes {
  private id = 0;

  paragraph({ fate, old = '', current = '', words = [] }: SentencePair): Paragraph {
    const layout = { spacing: { line: LINE, lineRule: 'exact' as const }, indent: { firstLine: 2 * 10 * SIZE } };
    if (fate === 'new') {
      const run = { insertion: this.change() };
      return new Paragraph({ ...layout, run, children: [new InsertedTextRun({ text: current, ...this.change() })] });
    }
    if (fate === 'dropped') {
      const run = { deletion: this.change() };
      return new Paragraph({ ...layout, run, children: [new DeletedTextRun({ text: old, ...this.change() })] });
    }
    if (fate === 'same') return new Paragraph({ ...layout, children: [new TextRun(current)] });
    return new Paragraph({
      ...layout,
      children: words.map(({ kind, text }) => {
        if (kind === 'same') return new TextRun(text);
        const change = { text, ...this.change() };
        return kind === 'old' ? new DeletedTextRun(change) : new InsertedTextRun(change);
      }),
    });
  }

  private change(): { id: number; author: string; date: string } {
    return { id: ++this.id, author: AUTHOR, date: new Date().toISOString() };
  }
}
