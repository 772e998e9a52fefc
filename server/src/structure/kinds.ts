/** The kinds of documents, markers and gaps. */

/** The syntax of a document; `markdown` enables Markdown's emphasis, bullets and `#` headings. */
export type DocumentKind = 'policytext' | 'markdown';

/**
 * The family of a marker: which numerals with which decoration. Siblings of one list share a family.
 * - `part` 第一部分, `volume` 第一编, `chapter` 第一章, `division` 第一节, `article` 第一条
 * - `formal` 壹、 `chinese` 一、 `chineseBracket` （一） `arabic` 1. `arabicBracket` （1） `arabicParenthesis` 1）
 * - `circled` ① `roman` Ⅰ. `stem` 甲、 `latin` A. `decimal` 1 / 1.1 / 1.1.1
 * - `ordinal` 第一， `sequence` 首先， 其次， `itemised` 其一， `yishi` 一是 `yiyao` 一要 `yifang` 一方面
 */
export type MarkerFamily =
  | 'volume'
  | 'part'
  | 'chapter'
  | 'division'
  | 'article'
  | 'formal'
  | 'chinese'
  | 'chineseBracket'
  | 'arabic'
  | 'arabicBracket'
  | 'arabicParenthesis'
  | 'circled'
  | 'roman'
  | 'stem'
  | 'latin'
  | 'decimal'
  | 'ordinal'
  | 'sequence'
  | 'itemised'
  | 'yishi'
  | 'yiyao'
  | 'yifang';

/** How a gap is written. */
export type PlaceholderKind =
  | 'asterisk'
  | 'cross'
  | 'latinX'
  | 'circle'
  | 'mou'
  | 'underscore'
  | 'bracket'
  | 'template';
