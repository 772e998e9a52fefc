// Breaks as writers make them, one at a time. A planter yields { text, places }: the text with one break, and the
// places in it (offsets in UTF-16 units, the end exclusive) at any of which a reader would look for it. Each is a
// function of the product (product.mjs) and of { text, analysis, random, lexicon }.

const replaced = (text, start, end, words) => text.slice(0, start) + words + text.slice(end);
/** One break that replaces `start` to `end` with `words`. */
const broken = (text, start, end, words, others = []) => ({
  text: replaced(text, start, end, words),
  places: [{ start, end: start + Math.max(1, words.length) }, ...others],
});

/** Mulberry32: small, and the same everywhere. */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The marker with another number. */
function numbered({ formatNumeral }, marker, value) {
  const numeral = formatNumeral(value, marker.numeral);
  if (numeral === undefined) return marker.text;
  return marker.family === 'decimal'
    ? marker.text.replace(/\d+(?!.*\d)/, numeral)
    : marker.text.replace(/[一二三四五六七八九十百]+|\d+/, numeral);
}

/**
 * Every marker of a list of two or more, with its neighbours. `isSound` says whether all of its list count up
 * correctly.
 */
function* listed({ lists }) {
  for (const { markers } of lists) {
    if (markers.length < 2) continue;
    const isSound = markers.every(({ value }, index) => index === 0 || value === markers[index - 1].value + 1);
    for (const [index, marker] of markers.entries()) {
      if (Number.isFinite(marker.value)) {
        yield { marker, before: markers[index - 1], after: markers[index + 1], isSound };
      }
    }
  }
}

/** Replaces the number of each marker, except in lists where the sample has a slip on purpose: another might fix it. */
function* withNumber(product, { text, analysis }, choose) {
  for (const { marker, before, after, isSound } of listed(analysis)) {
    if (!isSound) continue;
    const value = choose(marker, before, after);
    const words = value === undefined ? marker.text : numbered(product, marker, value);
    if (words !== marker.text) yield broken(text, marker.start, marker.end, words);
  }
}

export const NUMBERING = {
  /** 一、二、四、: one number is skipped. */
  *skipped(product, document) {
    yield* withNumber(product, document, ({ value }) => value + 1);
  },
  /** 一、二、九、: a number that is far off. */
  *far(product, document) {
    yield* withNumber(product, document, ({ value }) => value + 7);
  },
  /** 一、一、三、: a duplicate number. */
  *repeated(product, document) {
    yield* withNumber(product, document, (_, before) => before?.value);
  },
};

export const STRUCTURE = {
  /** (一) among （二）（三）. */
  *brackets(_, { text, analysis }) {
    for (const { marker } of listed(analysis)) {
      if (!marker.text.startsWith('（')) continue;
      yield broken(text, marker.start, marker.end, marker.text.replace('（', '(').replace('）', ')'));
    }
  },
  /** 二、 written as 2. among 一、三、, or the other way round. */
  *family({ formatNumeral }, { text, analysis }) {
    for (const { marker, before, after } of listed(analysis)) {
      if (!before || !after) continue;
      const numeral = formatNumeral(marker.value, marker.family === 'chinese' ? 'arabic' : 'chinese');
      if (marker.family !== 'chinese' && marker.family !== 'arabic') continue;
      const words = marker.family === 'chinese' ? `${numeral}.` : `${numeral}、`;
      if (numeral && text[marker.end] !== ' ') yield broken(text, marker.start, marker.end, words);
    }
  },
  /**
   * A heading loses its number: the next one no longer follows the previous one, as it did (samples contain slips on
   * purpose).
   */
  *lost(_, { text, analysis }) {
    for (const { marker, before, after, isSound } of listed(analysis)) {
      if (!isSound || !before || !after || after.start - marker.start > 2000) continue;
      const length = marker.end - marker.start;
      // The blank after the number is kept; the heading begins after it.
      const blank = /^[ \t\u3000]*/.exec(text.slice(marker.end, marker.end + 4))[0].length;
      yield {
        text: replaced(text, marker.start, marker.end, ''),
        places: [
          { start: marker.start, end: marker.start + blank + 1 },
          { start: after.start - length, end: after.end - length },
        ],
      };
    }
  },
  /** 见第三部分, if the text has two. */
  *reference({ referencesOf, formatNumeral }, { text, analysis }) {
    for (const { parts, own, start, end } of referencesOf(analysis)) {
      const [part] = parts;
      if (!own || parts.length !== 1 || !part.target?.marker || part.value < 1 || part.path) continue;
      const siblings = analysis.headings.filter(({ marker }) => marker?.family === part.target.marker.family);
      const value = Math.max(...siblings.map(({ marker }) => marker.value)) + 2;
      const sample = text.slice(part.numeral.start, part.numeral.end);
      const numeral = formatNumeral(value, /\d/.test(sample) ? 'arabic' : 'chinese');
      if (!numeral || !Number.isFinite(value)) continue;
      const longer = numeral.length - sample.length;
      yield {
        text: replaced(text, part.numeral.start, part.numeral.end, numeral),
        places: [{ start, end: end + longer }],
      };
    }
  },
};

const DIGITS = '零一二三四五六七八九';
/** Announcements of a list: 抓好三项工作, 以下四点. */
const CLAIM = /(以下|下列|抓好|做好|坚持|讲|提)([两三四五六七八九])(个方面|点|项|条|件)/g;
const ONES = /(?:^|[。；：，\n])(一是|二是|三是|四是|五是|六是|七是|八是|九是)/g;

export const COUNTS = {
  /** 三项工作：一是…二是…三是…, announced as four. */
  *inParagraph(_, { text }) {
    for (const claim of text.matchAll(CLAIM)) {
      const end = text.indexOf('\n', claim.index);
      const rest = text.slice(claim.index, end < 0 ? text.length : end);
      const members = [...rest.matchAll(ONES)].map(([, word]) => DIGITS.indexOf(word[0]));
      const said = claim[2] === '两' ? 2 : DIGITS.indexOf(claim[2]);
      if (members.length !== said || members.some((value, index) => value !== index + 1) || said > 8) continue;
      const at = claim.index + claim[1].length;
      yield broken(text, at, at + 1 + claim[3].length, DIGITS[said + 1] + claim[3]);
    }
  },
  /** 下面讲三点意见： before three sections, announced as four. */
  *overSections(_, { text, analysis }) {
    for (const claim of text.matchAll(CLAIM)) {
      const line = analysis.lines.lineAt(claim.index);
      const end = analysis.lines.end(line);
      // The list begins right below.
      const list = analysis.lists.find(({ markers }) => markers[0].start > end && markers[0].start <= end + 4);
      const said = claim[2] === '两' ? 2 : DIGITS.indexOf(claim[2]);
      if (!list || !/[：:。]$/.test(text.slice(0, end).trimEnd()) || list.markers.length !== said || said > 8) continue;
      const at = claim.index + claim[1].length;
      yield broken(text, at, at + 1 + claim[3].length, DIGITS[said + 1] + claim[3]);
    }
  },
};

/** Frequent characters of policy texts, which may be beside any other. */
const FREQUENT = '的和发展工作建设推进全面国家社会政府实施加强管理服务经济重点产业项目农业改革新大中人高一制度';
const PUNCTUATION = /[“”‘’《》，、]/g;
/** Slogans that are broken: minimum length, and minimum number of the documents learned from. */
const LONG = 7;
const DOCUMENTS = 4;

/** Verbatim occurrences of long phrases of `lexicon` in `text`, the longest first and none within another. */
export function occurrences(text, lexicon) {
  const found = [];
  const long = lexicon.phrases
    .filter(({ text: phrase, documents }) => {
      const words = phrase.replace(PUNCTUATION, '');
      return documents >= DOCUMENTS && words.length >= LONG && /^[一-鿿]+$/.test(words);
    })
    .map(({ text: phrase }) => phrase)
    .sort((a, b) => b.length - a.length);
  for (const phrase of long) {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length)) {
      const end = at + phrase.length;
      if (found.some((one) => one.start < end && at < one.end)) continue;
      found.push({ start: at, end, phrase });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Each is planted in turn. */
export const SLOGAN_BREAKS = ['drop', 'add', 'swap', 'substitute'];

/** `text` with one break of `kind` between `start` and `end`, and its place; undefined if nothing would change. */
export function breakWording(text, start, end, kind, random) {
  const isWord = (at) => /[一-鿿]/.test(text[at] ?? '');
  const places = [];
  for (let at = start; at < end; at++)
    if (isWord(at) && (kind !== 'swap' || (at + 1 < end && isWord(at + 1)))) places.push(at);
  const at = places[Math.floor(random() * places.length)];
  const character = FREQUENT[Math.floor(random() * FREQUENT.length)];
  if (at === undefined) return undefined;
  const [wrong, length] = {
    drop: ['', 1],
    add: [at === start ? '' : character, 0],
    swap: [`${text[at + 1]}${text[at]}`, 2],
    substitute: [character, 1],
  }[kind];
  const changed = text.slice(0, at) + wrong + text.slice(at + length);
  return changed === text ? undefined : { broken: changed, start: at, end: at + wrong.length };
}

/** One character of a set phrase is missing, added, swapped with its neighbour, or replaced. */
export const SLOGANS = Object.fromEntries(
  SLOGAN_BREAKS.map((kind) => [
    kind,
    function* (_, { text, lexicon, random }) {
      for (const { start, end } of lexicon ? occurrences(text, lexicon) : []) {
        const place = breakWording(text, start, end, kind, random);
        // If a character is missing, its neighbours are the place.
        if (place) yield { text: place.broken, places: [{ start: Math.max(0, place.start - 1), end: place.end + 1 }] };
      }
    },
  ]),
);

/** The figure with its second digit changed: not a rounding, not a slip of a unit. */
const another = (figure) =>
  figure.replace(/^(\d)(\d*)/, (_, first, rest) => `${first === '9' ? 7 : Number(first) + 1}${rest}`);

/**
 * Whether two statements give one fact twice: the same value, exactly, for the same time and owner, each with its own
 * words.
 */
const isSameFact = (one, other) =>
  one.quantity.value === other.quantity.value &&
  one.quantity.qualifier === 'exact' &&
  other.quantity.qualifier === 'exact' &&
  one.quantity.figures >= 3 &&
  one.time !== '' &&
  one.time === other.time &&
  one.scope === other.scope &&
  one.planned === other.planned &&
  !one.inherited &&
  !other.inherited;

export const FACTS = {
  /** The second mention of a value of the same indicator, year and owner. 投入 or 总额 alone is not an indicator. */
  *value({ indicatorGroups, isSpecific }, { text, analysis }) {
    for (const group of indicatorGroups(analysis).values()) {
      for (const [index, other] of group.entries()) {
        const one = group.slice(0, index).find((before) => isSameFact(before, other));
        if (!one || group.length > 6 || !isSpecific(one)) continue;
        const words = another(text.slice(other.start, other.end));
        if (words === text.slice(other.start, other.end)) continue;
        yield broken(text, other.start, other.end, words, [{ start: one.start, end: one.start + 1 }]);
      }
    }
  },
  /** One of two parts after 其中 that add up to the total before it. */
  *sum(_, { text }) {
    const pattern =
      /(\d+(?:\.\d+)?)(亿元|万元|万人|万吨|万亩|个|家|人)[，（]其中[：，]?[^，。；\d]{1,12}(\d+(?:\.\d+)?)\2[，、][^，。；\d]{1,12}(\d+(?:\.\d+)?)\2[）。；]/g;
    for (const match of text.matchAll(pattern)) {
      const [whole, total, unit, one, other] = match;
      if (Math.abs(Number(total) - Number(one) - Number(other)) > 1e-6) continue;
      const start = match.index + whole.lastIndexOf(other + unit);
      const words = replaced(text, start, start + other.length, another(other));
      yield { text: words, places: [{ start: match.index, end: match.index + whole.length }] };
    }
  },
  /** A weekday after a date with a year: inserted if there is none and the sentence would continue unchanged. */
  *weekday({ datesIn, weekdayOf }, { text }) {
    for (const date of datesIn(text)) {
      if (date.year === undefined || date.weekday !== undefined || date.year < 1950) continue;
      const wrong = '日一二三四五六'[(weekdayOf(date.year, date.month, date.day) + 3) % 7];
      const words = `（星期${wrong}）`;
      yield {
        text: replaced(text, date.end, date.end, words),
        places: [{ start: date.start, end: date.end + words.length }],
      };
    }
  },
  /** The full name with two characters swapped, after the place that defines its short form. */
  *body(_, { text }) {
    for (const { 1: name, index, 0: whole } of text.matchAll(
      /([\u4e00-\u9fff]{6,20}(?:委员会|办公室|中心|集团|公司|示范区|管理局|[局厅院]))[（(]以下简称[:：]?[“"]?[^”"）)]{2,12}[”"]?[）)]/g,
    )) {
      const core = name.slice(-10);
      const second = text.indexOf(core, index + whole.length);
      if (second < 0 || core.length < 8 || core.includes('的')) continue;
      const middle = second + Math.floor(core.length / 2) - 1;
      const swapped = text[middle + 1] + text[middle];
      if (swapped[0] === swapped[1]) continue;
      yield {
        text: replaced(text, middle, middle + 2, swapped),
        places: [{ start: second, end: second + core.length }],
      };
    }
  },
  /** An attachment of a note with several, dropped from the end of the document. */
  *attachment(_, { text }) {
    const note = /^[\s　]*附件[:：][\s　]*1[.．]/m.exec(text);
    const heads = [...text.matchAll(/^[\s　]*附件[\s　]?(\d)[\s　]*$/gm)].filter(
      ({ index }) => note && index > note.index,
    );
    const last = heads.at(-1);
    if (!note || heads.length < 2 || heads.some(([, number], index) => Number(number) !== index + 1)) return;
    const behind = text.slice(note.index, heads[0].index);
    // The note names as many as there are.
    if (!new RegExp(`^[\\s　]*${heads.length}[.．]`, 'm').test(behind)) return;
    yield { text: text.slice(0, last.index), places: [{ start: note.index, end: heads[0].index }] };
  },
};

/** All planters, by class and kind. */
export const CLASSES = { structure: STRUCTURE, numbering: NUMBERING, counts: COUNTS, slogans: SLOGANS, facts: FACTS };
