/** The text of corpus/lexicon.json, which the build puts in where there is no file system. */
declare module 'shipped-lexicon' {
  const json: string;
  export default json;
}
