/** The parts of libraries without types that the intake of documents uses. */
declare module 'word-extractor' {
  export default class WordExtractor {
    extract(file: string | Uint8Array): Promise<{ getBody(): string; getFootnotes(): string }>;
  }
}
