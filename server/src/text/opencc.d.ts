/** The parts of opencc-js that ship without types: its character tables, "from to|from to|…". */
declare module 'opencc-js/dict/*' {
  const pairs: string;
  export default pairs;
}
