import { changeTo } from '../change';
import { matchesOf } from '../matches';
import type { Finding, LineRule } from '../rule';

/** 下降一倍 leaves nothing, 减少两倍 less than nothing. 缩小到2.6倍 gives what is left. */
const DECREASE =
  /(?<verb>减少|下降|降低|缩小|缩短|减轻|下跌|压缩|減少|縮小|縮短|減輕|壓縮)(?:了|近|约|約|超过|超過|将近|將近)?(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十]{1,3})多?倍(?!以[内內下])/g;
/** 防止事故不再发生 asks for accidents; 防止返贫，确保不发生 does not. */
const DOUBLE_NEGATION =
  /(?:防止|避免|杜绝|杜絕|严防|嚴防|谨防|謹防|以防)(?<what>[^，。；：！？、“”]{1,14}?)(?<not>不再?)(?=(?:发生|發生|出现|出現|重演|再现|再現)(?:$|[，。；、！]))/g;
/** Between the two, a verb of its own: 严防死守确保不出现. */
const OWN_VERB = /确保|確保|保证|保證|做到|守牢|力争|力爭|争取|爭取|实现|實現|是/;
/** Two prohibitions in one: 切忌不要, 严禁任何单位不得. */
const FORBIDDEN_TWICE =
  /切忌(?<caution>不要|不可|不能|勿|别|別)|(?:严禁|禁止|嚴禁)(?:任何)?(?:单位|个人|部门|企业|组织|人员|干部|單位|個人|部門|企業|組織|人員|幹部)(?:(?:和|或者|或|、)(?:个人|單位|个人|個人))?(?<ban>不得|不准|不许|不許)/g;
/** 无时无刻 means “never”, and takes a 不: 无时无刻不在. */
const NEVER = /(?:无时无刻|無時無刻)(?![^，。；]{0,4}[不没沒莫])/g;
/** An approximation twice: 约20天左右. */
const APPROXIMATE =
  /(?<![条條契签簽公预預大制])(?:大约|大約|大概|约有|約有|约为|約為|约占|約佔|约|約)(?:\d{1,6}(?:\.\d{1,3})?|[一二两三四五六七八九十百千]{1,5})[万萬亿億]?[^\d，。；、：（）()]{0,4}?左右(?=[，。；、：的）)]|$)/g;

export const illogical: LineRule = {
  id: 'text.illogical',
  scope: 'line',
  title: { zh: '不合逻辑的说法', en: 'Wording that says something else' },
  reason: {
    zh: '减少不能用倍数；“防止……不再发生”“切忌不要”两次否定，意思正好相反；“无时无刻”后面要有“不”。',
    en: 'A decrease cannot be counted in multiples; two negations turn the meaning round (防止…不再发生, 切忌不要); 无时无刻 takes 不.',
  },
  authority: { zh: '《现代汉语词典》；出版物数字与语法惯例', en: '《现代汉语词典》; usage of the press' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      { text: '全县收费总额⟦下降1倍⟧，能耗⟦减少了两倍⟧。' },
      { text: '要⟦防止类似事故不再⟧发生，⟦切忌不要⟧搞形式主义。' },
      { text: '⟦严禁任何单位和个人不得⟧乱收费。' },
      { text: '干部群众⟦无时无刻⟧都在关心这件事。' },
      { text: '工期⟦约20天左右⟧。' },
    ],
    clean: [
      { text: '城乡居民收入比缩小到2.6倍，面积由三倍缩小为两倍，投诉下降五成。' },
      { text: '防止返贫，确保不发生规模性返贫；严防死守确保不出现疫情反弹，杜绝事故发生。' },
      { text: '禁止吸烟的公共场所不得设置烟具，“五个严禁”“八个不得”，严禁任何单位乱收费。' },
      { text: '爱国之情无时无刻不在心中，大约二十天，二十天左右。' },
      { text: '签约10亿元左右，新建公约两项左右护岸，约定十五天左右交付。' },
    ],
  },

  triggers: ['倍不勿别別刻右'],

  check(line) {
    const findings: Finding[] = [];
    for (const { 0: whole, index, groups } of matchesWith('倍', DECREASE, line)) {
      findings.push({
        start: index,
        end: index + whole.length,
        message: {
          zh: '“{0}”不能用倍数：减少一倍就没有了。写减少百分之几、几分之几，或者“{0}到”多少。',
          en: 'A decrease ("{0}") cannot be counted in multiples: give a percentage, a fraction, or what is left.',
          values: [groups?.verb ?? ''],
        },
      });
    }
    for (const { 0: whole, index, groups } of matchesOf(DOUBLE_NEGATION, line)) {
      if (OWN_VERB.test(groups?.what ?? '')) continue;
      findings.push(negatedTwice(whole, index, groups?.not ?? ''));
    }
    for (const { 0: whole, index, groups } of matchesOf(FORBIDDEN_TWICE, line)) {
      findings.push(negatedTwice(whole, index, groups?.caution ?? groups?.ban ?? ''));
    }
    for (const { 0: whole, index } of matchesWith('刻', NEVER, line)) {
      const end = index + whole.length;
      findings.push({
        start: index,
        end,
        message: {
          zh: '“{0}”后面缺“不”：“{0}不在”才是“时时刻刻都在”。',
          en: '"{0}" lacks 不: only "{0}不在" means “always”.',
          values: [whole],
        },
      });
    }
    for (const { 0: whole, index } of matchesWith('右', APPROXIMATE, line)) {
      const end = index + whole.length;
      findings.push({
        start: index,
        end,
        severity: 'hint',
        message: {
          zh: '“约”和“左右”说了两遍，只留一个。',
          en: '约 and 左右 both say “about”: keep one.',
        },
        fixes: [changeTo(end - 2, end, '', false)],
      });
    }
    return findings.length > 1 ? findings.sort((a, b) => a.start - b.start) : findings;
  },
};

/** The matches of `pattern`, each of which contains `sign`: most lines do not. */
function matchesWith(sign: string, pattern: RegExp, line: string): readonly RegExpExecArray[] {
  return line.includes(sign) ? matchesOf(pattern, line) : [];
}

/** The finding for `whole`, which ends in the negation `not` that has to go. */
function negatedTwice(whole: string, start: number, not: string): Finding {
  const end = start + whole.length;
  return {
    start,
    end,
    message: {
      zh: '两次否定，意思正好相反：请删去“{0}”。',
      en: 'Two negations turn the meaning round: delete "{0}".',
      values: [not],
    },
    fixes: [changeTo(end - not.length, end, '', false)],
  };
}
