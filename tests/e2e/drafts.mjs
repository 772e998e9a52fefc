// Files that the end-to-end tests need in addition to those in drafts/.
import fs from 'node:fs';
import path from 'node:path';

/** A folder like that of a writer of many years. */
function twoHundred(workspace) {
  const folder = path.join(workspace, '往年');
  fs.mkdirSync(folder);
  for (let number = 1; number <= 200; number++) {
    const text = `青禾县水务局关于第${number}号水库管护的通知
各乡镇人民政府：
　　为做好汛前准备，确保水库安全运行，现将有关事项通知如下：
一、落实第${number}号水库管护责任
　　各乡镇要明确专人，建立台账，做到责任到岗、任务到人。
二、强化巡查
　　每日巡查不少于两次，发现险情立即报告，妥善处置。
`;
    fs.writeFileSync(path.join(folder, `${number}.policy.txt`), text);
  }
}

/**
 * The same, a file written by an old program, in GBK, which VS Code opens as UTF-8, and reports to learn from, one of
 * them a web page.
 */
export function library(workspace) {
  twoHundred(workspace);
  fs.writeFileSync(path.join(workspace, 'GBK通知.txt'), inGbk(GBK_DRAFT));
  writeAround(path.join(workspace, '历年'), '“玉泉规划”');
  const [one] = fs.readdirSync(path.join(workspace, '历年'));
  const page = path.join(workspace, '历年', one);
  const paragraphs = fs.readFileSync(page, 'utf8').split('\n');
  fs.writeFileSync(page.replace(/txt$/, 'html'), paragraphs.map((text) => `<p>${text}</p>`).join('\n'));
  fs.rmSync(page);
}

const GBK_DRAFT = `关于做好青禾渠清淤工作的通知
各乡镇人民政府：
　　为保障春灌用水，现就做好青禾渠清淤工作通知如下。
一、明确任务分工
　　各乡镇负责本辖区渠段的清淤、护坡和垃圾清运，县水务局负责技术指导。
二、严格时间要求
　　清淤工作三月底前完成，逾期未完成的予以通报。
`;

/** The bytes of a text in GBK; Node itself only decodes it. */
function inGbk(text) {
  const pairs = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Buffer.from([lead, trail]);
      pairs.set(new TextDecoder('gbk').decode(bytes), bytes);
    }
  }
  return Buffer.concat(Array.from(text, (character) => pairs.get(character) ?? Buffer.from(character)));
}

/**
 * A folder from strangers: it has documents to learn from, and settings that refer to others. Returns the settings of
 * the writer, which refer to the writer's own documents.
 */
export function strangers(workspace) {
  const own = path.join(workspace, '../own');
  const theirs = path.join(workspace, '../theirs');
  writeAround(own, '“碧溪行动”');
  writeAround(path.join(workspace, 'corpus'), '“赤石工程”');
  writeAround(theirs, '“墨潭计划”');
  fs.mkdirSync(path.join(workspace, '.vscode'));
  const settings = { 'policyText.corpus.paths': ['corpus', theirs] };
  fs.writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
  return { 'policyText.corpus.paths': [own, 'corpus'] };
}

/** Writes six reports around `slogan`. */
function writeAround(folder, slogan) {
  fs.mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= 6; number++)
    fs.writeFileSync(path.join(folder, `${number}.txt`), around(slogan, number));
}

/** A report in a set of six that have nothing in common but the slogan. */
function around(slogan, number) {
  const places = ['云岭镇', '临江乡', '望海街道', '松溪镇', '白沙乡', '石门镇', '龙泉乡'];
  const works = ['修渠引水', '植树护林', '清淤治河', '建仓储粮', '架桥铺路', '办学助教', '送医下村'];
  const pick = (words, step) => words[(number * 3 + step) % words.length];
  const sentence = (step) =>
    `　　${pick(places, step)}${pick(works, step * 2)}${number * 7 + step}处，落实${slogan}，惠及${number * 31 + step * 17}户。`;
  return [
    `${pick(places, 1)}工作报告`,
    `一、${pick(works, 1)}`,
    sentence(1),
    sentence(2),
    `二、${pick(works, 3)}`,
    sentence(3),
  ].join('\n');
}
