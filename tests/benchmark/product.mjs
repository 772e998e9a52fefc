// The product's own functions, bundled from the sources: they find lists, references and statements.
import { loadSources } from '../../scripts/sources.mjs';

/** Bundles and imports them; takes a second. */
export function loadProduct() {
  return loadSources([
    "export { analyse } from './structure/analyse';",
    "export { referencesOf } from './structure/references';",
    "export { formatNumeral } from './text/numerals';",
    "export { lint } from './rules/lint';",
    "export { rules } from './rules/index';",
    "export { indicatorGroups, isSpecific } from './facts/conflicts';",
    "export { datesIn, weekdayOf } from './facts/time';",
    "export { loadLexicon } from './lexicon/model/store';",
  ]);
}
