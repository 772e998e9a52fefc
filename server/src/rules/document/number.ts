import type { Message } from '../../text/message';
import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

/** Organ's code, year in brackets of any kind, serial number. The year may be short and the number padded. */
const NUMBERS =
  /([〔[（(【〈《<［﹝])(?<=[\u4e00-\u9fff].)\s?(\d{2,4})\s?年?\s?([〕\]）)】〉》>］﹞])\s?(第?)\s?(\d{1,5})\s?号(?![楼线院机岛车门井桥库厅馆码房])/g;
/** A line that consists of a number whose year has no brackets: 青政办发2026年第12号. */
const BARE =
  /^([\s　]{0,20}[\u4e00-\u9fff]{1,12}[发函字报批任])\s?((?:19|20)\d\d)\s?年?\s?第?\s?(\d{1,5})\s?号[\s　]*$/;
/** Announcements and orders are numbered with 第. */
const TAKES_ORDINAL = /(?:公告|通告|令|字|公报)$/;

export const number: LineRule = {
  id: 'document.number',
  scope: 'line',
  title: { zh: '发文字号', en: 'Document number' },
  reason: {
    zh: '发文字号的年份标全称，用六角括号“〔〕”括入；顺序号不加“第”，不编虚位。',
    en: 'The year of a document number is written in full between 〔 and 〕; its serial has no 第 and no leading zero.',
  },
  authority: {
    zh: 'GB/T 9704-2012 7.2.5；GB/T 15834-2011 4.9.3.4',
    en: 'GB/T 9704-2012, 7.2.5; GB/T 15834-2011, 4.9.3.4',
  },
  tier: 'standard',
  severity: 'information',
  safeFix: true,
  examples: {
    flagged: [
      { text: '青政发⟦[2026]3号⟧', fixed: '青政发〔2026〕3号' },
      {
        text: '根据《关于推进河湖管理的意见》（云政办发⟦（2025）第012号⟧）精神',
        fixed: '根据《关于推进河湖管理的意见》（云政办发〔2025〕12号）精神',
      },
      { text: '青办函⟦【2026】08号⟧', fixed: '青办函〔2026〕8号' },
      { text: '云府〔2026〕3号、青财⟦〔26〕7号⟧、青办发⟦〔202〕31号⟧' },
      { text: '青政发⟦《2026》3号⟧', fixed: '青政发〔2026〕3号' },
      {
        text: '青政办发⟦2026年第12号⟧\n\n关于做好春耕工作的通知',
        fixed: '青政办发〔2026〕12号\n\n关于做好春耕工作的通知',
      },
    ],
    clean: [
      { text: '青政发〔2026〕3号、云函〔2025〕112号' },
      { text: '（2025）云01民终35号判决，云岭省财政厅公告〔2026〕第3号' },
      { text: '建成地铁环线（2025）2号线，开放园区（2026）3号楼' },
      { text: '请见国务院公报2024年第3号和印发2024年第1号令的通知' },
      { text: '参考文献[12]3号，第(2026)期' },
    ],
  },
  triggers: ['号'],

  check(line) {
    const findings: Finding[] = [];
    const bare = line.length < 60 ? BARE.exec(line) : null;
    if (bare) {
      const [whole, code, year, serial] = bare as unknown as [string, string, string, string];
      findings.push(toWrite(code.length, whole.trimEnd().length, `〔${year}〕${Number(serial)}号`, IN_BRACKETS));
    }
    for (const match of matchesOf(NUMBERS, line)) {
      const [whole, open, year, close, ordinal, serial] = match as unknown as [
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const start = match.index;
      const end = start + whole.length;
      const isShort = year.length < 4;
      if (!isShort && !/^(?:19|20)\d\d$/.test(year)) continue;
      // [12]3号 may be a reference; a short year is only recognised in the correct brackets.
      if (isShort && open !== '〔') continue;
      const keepsOrdinal = ordinal !== '' && TAKES_ORDINAL.test(line.slice(Math.max(0, start - 4), start));
      const right = `〔${year}〕${keepsOrdinal ? '第' : ''}${Number(serial)}号`;
      if (whole === right && !isShort) continue;
      if (isShort) {
        findings.push({
          start,
          end,
          message: { zh: '发文字号的年份应写四位。', en: 'The year of a document number has four figures.' },
        });
        continue;
      }
      const fault =
        open !== '〔' || close !== '〕'
          ? IN_BRACKETS
          : ordinal !== '' && !keepsOrdinal
            ? { zh: '顺序号不加“第”', en: 'the serial takes no 第' }
            : { zh: '年份后不加“年”字，顺序号不编虚位，中间不空格', en: 'no 年, no spaces and no leading zero' };
      findings.push(toWrite(start, end, right, fault));
    }
    return findings;
  },
};

const IN_BRACKETS: Message = { zh: '年份用六角括号“〔〕”', en: 'the year goes between 〔 and 〕' };

/** The finding for the number from `start` to `end` that should be `right`, because of `fault`. */
function toWrite(start: number, end: number, right: string, fault: Message): Finding {
  return {
    start,
    end,
    message: {
      zh: `发文字号的${fault.zh}，写作“{0}”。`,
      en: `Document number: ${fault.en}; write "{0}".`,
      values: [right],
    },
    fixes: [changeTo(start, end, right)],
  };
}
