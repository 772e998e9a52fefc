/** OpenCC's tables of single characters; a module of its own, because they are loaded only when asked for. */
import toTraditional from 'opencc-js/dict/STCharacters';
import toSimplified from 'opencc-js/dict/TSCharacters';

/** Both tables: "from to|from to|…", where more than one character may stand for one. */
export function characterTables(): { readonly toTraditional: string; readonly toSimplified: string } {
  return { toTraditional, toSimplified };
}
