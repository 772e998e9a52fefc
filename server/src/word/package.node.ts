/** The parts of a Word document (.docx, .docm), found by their relationships as ECMA-376 part 2 defines. */
import { Archive, ArchiveError } from './archive.node';
import { attribute, decodePart, scanXml, XmlError } from './xml';

/** Part names by the last segment of their relationship type: `styles`, `numbering`, `comments`. */
export type Parts = ReadonlyMap<string, string>;

export class WordPackage {
  /** Name of the main document part. */
  readonly main: string;
  /** The parts that the main part refers to. */
  readonly parts: Parts;
  private readonly texts = new Map<string, string>();

  /** Throws {@link ArchiveError} or {@link XmlError}. */
  constructor(readonly archive: Archive) {
    const root = this.relationships('_rels/.rels', '').get('officeDocument');
    this.main = root !== undefined && archive.has(root) ? root : 'word/document.xml';
    if (!archive.has(this.main)) throw new ArchiveError('damaged');
    this.parts = this.relationships(relationshipsOf(this.main), folderOf(this.main));
  }

  static open(bytes: Uint8Array): WordPackage {
    return new WordPackage(Archive.open(bytes));
  }

  /** The text of a part by its name; empty if there is none. */
  text(name: string | undefined): string {
    if (name === undefined) return '';
    let text = this.texts.get(name);
    if (text === undefined) {
      const bytes = this.archive.read(name);
      text = bytes ? decodePart(bytes) : '';
      this.texts.set(name, text);
    }
    return text;
  }

  /** The part with this relationship type to the main part: its name and source. */
  part(kind: string): { name: string; source: string } | undefined {
    const name = this.parts.get(kind);
    return name !== undefined && this.archive.has(name) ? { name, source: this.text(name) } : undefined;
  }

  private relationships(name: string, folder: string): Map<string, string> {
    const found = new Map<string, string>();
    const source = this.text(name);
    if (source === '') return found;
    scanXml(source, {
      open: (element, attributes) => {
        if (element !== 'Relationship' && !element.endsWith(':Relationship')) return;
        if (attribute(attributes, 'TargetMode') === 'External') return;
        const type = attribute(attributes, 'Type') ?? '';
        const kind = type.slice(type.lastIndexOf('/') + 1);
        const target = attribute(attributes, 'Target') ?? '';
        if (!found.has(kind)) found.set(kind, target.startsWith('/') ? target.slice(1) : resolved(folder, target));
      },
      close: () => {},
    });
    return found;
  }
}

/** The name of the relationships part of the part `name`. */
export function relationshipsOf(name: string): string {
  const folder = folderOf(name);
  return `${folder}_rels/${name.slice(folder.length)}.rels`;
}

export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

function resolved(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (folder + target).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

const NAMESPACES = [
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
];

/**
 * The prefix of WordprocessingML names in `source`, including the colon: `w:`. Throws {@link XmlError} for other
 * markup.
 */
export function wordPrefix(source: string): string {
  const head = source.slice(0, 20_000);
  for (const [, prefix, double, single] of head.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (NAMESPACES.includes(double ?? single ?? '')) return prefix === undefined ? '' : `${prefix}:`;
  }
  throw new XmlError(0);
}
