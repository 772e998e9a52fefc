import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { decodeSpellingModel } from '../../../server/src/spelling/spellingModel';
import { analyse } from '../../../server/src/structure/analyse';
import { runToCompletion } from '../../../server/src/text/resumable';

const spelling = runToCompletion(
  decodeSpellingModel(fs.readFileSync(path.join(import.meta.dirname, '../../../corpus/spelling.bin'))),
);

/** In the style of Taiwan's statutes, about an office that does not exist. */
const STATUTE = `青禾縣史前陶器館組織自治條例
第一條　青禾縣政府（以下簡稱本府）為蒐集、研究及推廣史前陶器，特設青禾縣史前陶器館（以下簡稱本館）。
第二條　本館置館長一人，承縣長之命綜理館務，並指揮監督所屬員工；副館長一人，襄助館長處理館務。
第三條　本館設下列各組，分別掌理有關事項：
一、典藏組：藏品之蒐集、登錄、保存、修護及出借事項。
二、展示組：展示之計畫、設計、施作及導覽解說事項。
三、推廣組：教育活動之企畫、志工之召募、觀眾意見之瞭解及館際連繫事項。
四、總務組：文書、出納、庶務、採購及不屬於其他各組事項。
第四條　本館置組長、編審、技士、技佐、辦事員及書記，其員額另以編制表定之。
第五條　本館設人事管理員、會計員各一人，依法辦理人事、歲計、會計並兼辦統計事項。
第六條　館長請假或因故不能執行職務時，由副館長代行之；副館長亦不能代行時，依本館職員職務列等順序代行之。
第七條　本館因業務需要，得報請本府核准，聘請學者專家若干人為諮詢委員，均為無給職。
第八條　民眾借閱藏品圖錄，應填具申請書，俾利登記；逾期未還者，得停止其借閱，並責令賠償。
第九條　本館館務會議每月召開一次，由館長召集之，必要時得召開臨時會議，俾免延誤。
第十條　本館辦理採購，應提撥經費百分之五作為維護準備，其賸餘款項應繳還縣庫。
第十一條　本自治條例自公布日施行。
`;

const misspellings = (text: string) =>
  lint(analyse(text, 'policytext'), { rules: {} }, undefined, spelling)
    .filter(({ rule }) => rule.id === 'text.misspelling')
    .map(({ start, end }) => text.slice(start, end));

describe('a text of another register than the model knows', () => {
  it('is not measured by what the mainland writes', () => {
    expect(misspellings(STATUTE)).toEqual([]);
  });

  it('is no reason to be silent where the script alone is another', () => {
    expect(misspellings('青禾縣要加強數字政府建設，培育發展大數局產業。')).toEqual(['數局']);
  });
});

describe('a word that is often confused', () => {
  it.each([
    ['企业要按排污许可证的要求排放污水。'],
    ['按排水量计征，不足一吨的不计。'],
    ['企业按排污许可证规定生产、排污。'],
    ['培育悦己经济、银发经济，发展首店首发。'],
    ['新式农机轻松驰骋在青禾县的山坡上。'],
    ['听到这里，在场的人都不能自已。'],
    ['多办实事，又做为长远发展打基础的好事。'],
  ])('is none where its characters belong to the words beside it: %s', (text) => {
    expect(misspellings(text)).toEqual([]);
  });

  it.each([
    ['青禾县的堤防己经加固。', '己经'],
    ['汛前要按排专人值守。', '按排'],
    ['一些单位纪律松驰，办事拖拉。', '松驰'],
    ['要把防汛做为头等大事。', '做为'],
    ['党员要管好自已，带好队伍。', '自已'],
  ])('is told: %s', (text, word) => {
    expect(misspellings(text)).toEqual([word]);
  });
});
