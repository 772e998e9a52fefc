/** All rules, in the order in which findings at one place are reported. */
import { addressee } from './document/addressee';
import { attachment } from './document/attachment';
import { bounds } from './document/bounds';
import { chronology } from './document/chronology';
import { citation } from './document/citation';
import { classification } from './document/classification';
import { closing } from './document/closing';
import { contact } from './document/contact';
import { documentDate } from './document/date';
import { documentHead } from './document/head';
import { joint } from './document/joint';
import { number } from './document/number';
import { recipients } from './document/recipients';
import { request } from './document/request';
import { tone } from './document/tone';
import { factBody } from './fact/body';
import { factDate } from './fact/date';
import { factGrowth } from './fact/growth';
import { factPeriod } from './fact/period';
import { factPerson } from './fact/person';
import { factPlan } from './fact/plan';
import { factRepeated } from './fact/repeated';
import { factSum } from './fact/sum';
import { factTitle } from './fact/title';
import { factValue } from './fact/value';
import { duplicate as duplicateHeading } from './heading/duplicate';
import { empty } from './heading/empty';
import { endPunctuation } from './heading/endPunctuation';
import { count } from './numbering/count';
import { duplicate } from './numbering/duplicate';
import { first } from './numbering/first';
import { gap } from './numbering/gap';
import { inline } from './numbering/inline';
import { level } from './numbering/level';
import { markerPunctuation } from './numbering/markerPunctuation';
import { markerStyle } from './numbering/markerStyle';
import { misread } from './numbering/misread';
import { order } from './numbering/order';
import { ambiguousRange } from './numeral/ambiguousRange';
import { date } from './numeral/date';
import { fullWidth } from './numeral/fullWidth';
import { percentRange } from './numeral/percentRange';
import { perMille } from './numeral/perMille';
import { yearZero } from './numeral/yearZero';
import { unresolved } from './placeholder/unresolved';
import { dash } from './punctuation/dash';
import { ellipsis } from './punctuation/ellipsis';
import { enumerationComma } from './punctuation/enumerationComma';
import { halfWidth } from './punctuation/halfWidth';
import { nesting } from './punctuation/nesting';
import { range } from './punctuation/range';
import { repeated } from './punctuation/repeated';
import { straightQuotes } from './punctuation/straightQuotes';
import { unpaired } from './punctuation/unpaired';
import { staleReference } from './reference/stale';
import { unresolvedReference } from './reference/unresolved';
import type { Rule } from './rule';
import { collocation } from './slogan/collocation';
import { missingMember } from './slogan/missingMember';
import { nearMiss } from './slogan/nearMiss';
import { sloganOrder } from './slogan/order';
import { quoteDrift } from './slogan/quoteDrift';
import { flattened } from './text/flattened';
import { furniture } from './text/furniture';
import { illogical } from './text/illogical';
import { jumpLine } from './text/jumpLine';
import { lookAlike } from './text/lookAlike';
import { lostCharacter } from './text/lostCharacter';
import { textMarkup } from './text/markup';
import { misspelling } from './text/misspelling';
import { mixedScript } from './text/mixedScript';
import { mojibake } from './text/mojibake';
import { pinyinAnnotation } from './text/pinyinAnnotation';
import { repeatedText } from './text/repeated';
import { softBreak } from './text/softBreak';
import { strayBlank } from './text/strayBlank';

export const rules: readonly Rule[] = [
  gap,
  duplicate,
  misread,
  order,
  first,
  level,
  markerStyle,
  markerPunctuation,
  count,
  inline,
  duplicateHeading,
  empty,
  endPunctuation,
  unresolvedReference,
  staleReference,
  unresolved,
  unpaired,
  nesting,
  halfWidth,
  straightQuotes,
  ellipsis,
  dash,
  repeated,
  enumerationComma,
  range,
  yearZero,
  date,
  documentDate,
  percentRange,
  perMille,
  ambiguousRange,
  fullWidth,
  number,
  addressee,
  attachment,
  request,
  closing,
  tone,
  recipients,
  contact,
  classification,
  documentHead,
  chronology,
  joint,
  citation,
  bounds,
  factValue,
  factSum,
  factGrowth,
  factDate,
  factPeriod,
  factPlan,
  factBody,
  factTitle,
  factPerson,
  factRepeated,
  nearMiss,
  quoteDrift,
  sloganOrder,
  missingMember,
  collocation,
  repeatedText,
  lostCharacter,
  textMarkup,
  misspelling,
  mojibake,
  pinyinAnnotation,
  mixedScript,
  lookAlike,
  softBreak,
  strayBlank,
  illogical,
  jumpLine,
  flattened,
  furniture,
];
