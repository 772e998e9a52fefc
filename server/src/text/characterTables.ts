/** OpenCC's single-character tables, in a module of their own because they are loaded on demand. */
import toTraditional from 'opencc-js/dict/STCharacters';
import toSimplified from 'opencc-js/dict/TSCharacters';

/** Both tables: "from to|from to|…", where `to` may list more than one character. */
export function characterTables(): { readonly toTraditional: string; readonly toSimplified: string } {
  return { toTraditional, toSimplified };
}
