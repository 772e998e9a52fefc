/** What the styles of a Word document define about numbering, outline levels and hidden text. */
import { attribute, scanXml } from './xml';

/** The id of a list and the level in it; either may be left to a style. */
export interface NumberingReference {
  readonly list?: string;
  readonly level?: number;
}

export interface Style {
  readonly name: string;
  readonly basedOn: string | undefined;
  readonly numbering: NumberingReference | undefined;
  readonly outline: number | undefined;
  readonly hidden: boolean | undefined;
}

export class Styles {
  private readonly styles = new Map<string, Style>();
  /** The default paragraph style. */
  defaultParagraph: string | undefined;

  /** Reads word/styles.xml; names are taken without their prefix `prefix`. */
  constructor(source: string, prefix: string) {
    if (source === '') return;
    const value = `${prefix}val`;
    let current: Mutable<Style> | undefined;
    let id = '';
    let numbering: { list?: string; level?: number } | undefined;
    scanXml(source, {
      open: (name, attributes) => {
        if (name === `${prefix}style`) {
          id = attribute(attributes, `${prefix}styleId`) ?? '';
          const isDefault = isOn(attribute(attributes, `${prefix}default`) ?? '0');
          if (isDefault && attribute(attributes, `${prefix}type`) === 'paragraph') this.defaultParagraph = id;
          current = { name: '', basedOn: undefined, numbering: undefined, outline: undefined, hidden: undefined };
          numbering = undefined;
          return;
        }
        if (!current) return;
        switch (name.slice(prefix.length)) {
          case 'name':
            current.name = attribute(attributes, value) ?? '';
            break;
          case 'basedOn':
            current.basedOn = attribute(attributes, value);
            break;
          case 'numPr':
            numbering = {};
            break;
          case 'numId':
            if (numbering) numbering.list = attribute(attributes, value) ?? '0';
            break;
          case 'ilvl':
            if (numbering) numbering.level = Number(attribute(attributes, value)) || 0;
            break;
          case 'outlineLvl':
            current.outline = Number(attribute(attributes, value));
            break;
          case 'vanish':
            current.hidden = isOn(attribute(attributes, value));
            break;
        }
      },
      close: (name) => {
        if (name === `${prefix}numPr` && current && numbering) current.numbering = numbering;
        if (name === `${prefix}style` && current) {
          if (!this.styles.has(id)) this.styles.set(id, current);
          current = undefined;
        }
      },
    });
  }

  get(id: string | undefined): Style | undefined {
    return id === undefined ? undefined : this.styles.get(id);
  }

  /** The style and its ancestors, nearest first. */
  *chain(id: string | undefined): Generator<readonly [string, Style]> {
    const seen = new Set<string>();
    for (let at = id; at !== undefined && !seen.has(at); ) {
      const style = this.styles.get(at);
      if (!style) return;
      yield [at, style];
      seen.add(at);
      at = style.basedOn;
    }
  }

  /** Whether the style `id` hides its text. */
  hides(id: string | undefined): boolean {
    for (const [, { hidden }] of this.chain(id)) if (hidden !== undefined) return hidden;
    return false;
  }

  /** The outline level, 0 to 8, that the style `id` gives a paragraph. */
  outlineOf(id: string | undefined): number | undefined {
    for (const [, { outline }] of this.chain(id)) if (outline !== undefined) return outline < 9 ? outline : undefined;
    return undefined;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether a toggle property is on: it is if present without a value. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off)$/.test(value);
}
