/** Types for the parts used of libraries that ship without them. */
declare module 'word-extractor' {
  export default class WordExtractor {
    extract(file: string | Uint8Array): Promise<{ getBody(): string; getFootnotes(): string }>;
  }
}
