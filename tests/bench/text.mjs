// Reports about an invented province, of any length: headings on three levels, paragraphs of about two hundred
// characters, with occasional slips as in drafts. The same seed gives the same text; no line of one seed occurs in the
// text of another, so that no cache helps.

const VERBS = ['深入推进', '持续加强', '稳步提升', '着力改善', '统筹抓好', '扎实开展', '加快实施', '全面落实'];
const FIELDS = [
  '水利建设',
  '粮食生产',
  '乡村治理',
  '园区招商',
  '学前教育',
  '基层医疗',
  '生态修复',
  '路网改造',
  '文化惠民',
];
const PLACES = ['青禾县', '望海区', '临江市', '云岭省', '河口镇', '松岗乡', '南屏街道'];
const CLAUSES = [
  ({ verb, field, place }) => `${verb}${place}${field}`,
  ({ field, place, number }) => `${place}${field}项目达到${number}个`,
  ({ verb, field, number }) => `${verb}“${field}”行动第${number}批任务`,
  ({ field, place }) => `制定《${place}${field}办法》（以下简称《办法》）`,
  ({ field, number }) => `${field}投资增长${number}.${number % 10}%`,
  ({ field, place, number }) => `到${2026 + (number % 10)}年${place}基本建成${field}体系`,
  ({ field, number }) => `完成${field}资金${number},500万元`,
  ({ field, place }) => `把${field}摆在${place}工作的重要位置`,
  ({ field, place }) => `压实${field}、${place}各部门主体责任`,
  ({ place, number }) => `受益群众（含${place}）超过${number}万人`,
];
/** Slips of several kinds; one in every fortieth clause, about one in six hundred characters. */
const SLIPS = [
  ({ field, place }) => `${place}要抓好${field},压实责任`,
  ({ field }) => `完成${field}资金××万元`,
  ({ field }) => `推进${field}的"提升"行动`,
  ({ field, number }) => `${field}投资增长${number}～${number + 5}%`,
];
const SLIP_EVERY = 40;
/** As in the State Council's longest reports: some 450 characters to a heading. */
const PARAGRAPH = 208;

const DIGITS = '零一二三四五六七八九';

/** @param {number} number below 1,000 */
function chinese(number) {
  if (number < 10) return DIGITS[number];
  if (number < 100) {
    const [tens, ones] = [Math.floor(number / 10), number % 10];
    return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`;
  }
  const rest = number % 100;
  const tail = rest === 0 ? '' : rest < 10 ? `零${DIGITS[rest]}` : rest < 20 ? `一${chinese(rest)}` : chinese(rest);
  return `${DIGITS[Math.floor(number / 100)]}百${tail}`;
}

/** Numbers below a limit, the same for the same seed. */
function generator(seed) {
  let state = (seed * 7919 + 13) % 2147483648;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
}

/**
 * A report of about `characters` characters and the line, words and depth of each of its headings, with paragraphs of
 * at least `paragraphLength`.
 * @returns {{ text: string, headings: { line: number, name: string, depth: number }[] }}
 */
export function longReport(characters = 320_000, seed = 1, paragraphLength = PARAGRAPH) {
  const next = generator(seed);
  const pick = (list) => list[next(list.length)];
  const lines = [`云岭省第${seed}次工作会议报告`, ''];
  const headings = [];
  let size = 0;
  let clauses = 0;

  const paragraph = () => {
    let line = `　　编号${seed * 100_000 + lines.length}：`;
    while (line.length < paragraphLength) {
      const clause = ++clauses % SLIP_EVERY === 0 ? SLIPS[(clauses / SLIP_EVERY) % SLIPS.length] : pick(CLAUSES);
      line += clause({ verb: pick(VERBS), field: pick(FIELDS), place: pick(PLACES), number: 1 + next(99) });
      line += next(3) === 0 ? '。' : '，';
    }
    return `${line.slice(0, -1)}。`;
  };
  const head = (marker, depth) => {
    const name = `${marker}${pick(VERBS)}${pick(PLACES)}${pick(FIELDS)}`;
    headings.push({ line: lines.length, name, depth });
    const section = [name, paragraph(), paragraph()];
    lines.push(...section);
    for (const line of section) size += line.length + 1;
  };
  // One chapter has 1 + 5 × (1 + 6) headings: twenty make 720 headings and 320,000 characters.
  for (let first = 1; size < characters; first++) {
    head(`${chinese(first)}、`, 0);
    for (let second = 1; second <= 5 && size < characters; second++) {
      head(`（${chinese(second)}）`, 1);
      for (let third = 1; third <= 6 && size < characters; third++) head(`${third}．`, 2);
    }
  }
  return { text: `${lines.join('\n')}\n`, headings };
}

/**
 * The same kind of report with every fiftieth paragraph damaged as by a scraper: half-width marks, one of which has
 * taken a byte of each of its neighbours. So nearly all of it is sound, and the damage has to be searched.
 */
export function damagedReport(characters = 320_000, seed = 1) {
  let paragraphs = 0;
  const lines = longReport(characters, seed).text.split('\n');
  return lines
    .map((line) => {
      if (line.length < PARAGRAPH || ++paragraphs % 50 !== 0) return line;
      return `${line.slice(0, 60)}确!鞍税藨略”全链条体现到工作中,${line.slice(60)}`.replace(/[，]/g, ',');
    })
    .join('\n');
}

/** The same kind of report with most of its figures still to be filled in: about one in sixty characters. */
export function placeholderReport(characters = 320_000, seed = 1) {
  const { text, headings } = longReport(characters, seed);
  return { text: text.replace(/\d+(?=[个万批])/g, '××'), headings };
}

/** The same kind of report with a heading to every hundred characters. */
export function headingReport(characters = 320_000, seed = 1) {
  return longReport(characters, seed, 35);
}

/** The same report with its headings in Markdown: # 一、…, ## （一）…, ### 1．… */
export function asMarkdown({ text, headings }) {
  const lines = text.split('\n');
  const marked = headings.map((heading) => ({ ...heading, name: `${'#'.repeat(heading.depth + 1)} ${heading.name}` }));
  for (const { line, name } of marked) lines[line] = name;
  return { text: lines.join('\n'), headings: marked };
}
