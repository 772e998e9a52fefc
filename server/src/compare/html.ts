/** A comparison as one self-contained HTML page. */
import { type Locale, localise } from '../text/message';
import type { ComparedSection, Comparison } from './compare';
import type { SentencePair } from './sentences';
import { FATE_NAMES, figureCells, headingOf } from './wording';

const STYLE = `body{font:16px/1.8 serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}
h2{font-size:1.1em;margin:1.6em 0 .3em}.fate{font:12px sans-serif;padding:.1em .5em;border-radius:1em;background:#eee;margin-right:.5em}
del{background:#fde2e2;color:#a31f1f}ins{background:#dff3e2;color:#17652a;text-decoration:none}
p{margin:.2em 0}.same{color:#777}table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left}
@media(prefers-color-scheme:dark){body{background:#1e1e1e;color:#ddd}.fate{background:#444}del{background:#5a2323;color:#ffc9c9}ins{background:#1f4a2a;color:#c6f2cf}}`;

/** The HTML page; `names` are those of the old and the new draft. */
export function comparisonPage(comparison: Comparison, names: readonly [string, string], locale: Locale): string {
  const title = localise({ en: '{0} → {1}', zh: '{0} → {1}', values: [...names] }, locale);
  const rows = comparison.figures.map(
    (row) =>
      `<tr>${figureCells(row)
        .map((cell) => `<td>${escaped(cell)}</td>`)
        .join('')}</tr>`,
  );
  const heads = FIGURE_HEADS.map((head) => `<th>${escaped(localise(head, locale))}</th>`).join('');
  const figures =
    rows.length > 0
      ? `<h2>${escaped(localise(FIGURES, locale))}</h2><table><tr>${heads}</tr>${rows.join('')}</table>`
      : '';
  return `<!DOCTYPE html>
<html lang="${locale === 'en' ? 'en' : 'zh'}"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
${comparison.sections.map((section) => sectionHtml(section, locale)).join('\n')}
${figures}
</body></html>
`;
}

const FIGURES = { en: 'Figures', zh: '数据对照' };
export const FIGURE_HEADS = [
  { en: 'Indicator', zh: '指标' },
  { en: 'Reported before', zh: '上稿实绩' },
  { en: 'Planned before', zh: '上稿目标' },
  { en: 'Reported now', zh: '本稿实绩' },
  { en: 'Planned now', zh: '本稿目标' },
];

function sectionHtml(section: ComparedSection, locale: Locale): string {
  const fate = escaped(localise(FATE_NAMES[section.fate], locale));
  return `<h2><span class="fate">${fate}</span>${escaped(headingOf(section, locale))}</h2>
${section.sentences.map(sentenceHtml).join('\n')}`;
}

function sentenceHtml({ fate, old = '', current = '', words = [] }: SentencePair): string {
  if (fate === 'same') return `<p class="same">${escaped(current)}</p>`;
  if (fate === 'new') return `<p><ins>${escaped(current)}</ins></p>`;
  if (fate === 'dropped') return `<p><del>${escaped(old)}</del></p>`;
  const marks = { same: '', old: 'del', new: 'ins' } as const;
  const runs = words.map(({ kind, text }) => {
    const mark = marks[kind];
    return mark ? `<${mark}>${escaped(text)}</${mark}>` : escaped(text);
  });
  return `<p>${runs.join('')}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] as string);
}
