/** Types for the parts of opencc-js that ship without them: its character tables, "from to|from to|…". */
declare module 'opencc-js/dict/*' {
  const pairs: string;
  export default pairs;
}
