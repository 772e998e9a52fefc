/**
 * Words so often confused that documents teach the mistake too, with the condition that decides. The correct forms
 * follow 《现代汉语词典》 (7th edition) and 《第一批异形词整理表》 (GF 1001-2001).
 */
import type { WordRule } from './wordRules';

type Condition = Omit<WordRule, 'wrong' | 'right' | 'level'>;

function certain(wrong: string, right: string, condition: Condition = {}): WordRule {
  return { wrong, right, level: 'warning', ...condition };
}

function likely(wrong: string, right: string, condition: Condition = {}): WordRule {
  return { wrong, right, level: 'information', ...condition };
}

/** 《第一批异形词整理表》 is in force from 31 March 2002 on; before it 帐户 and 部份 were as good as 账户 and 部分. */
const VARIANTS_SETTLED = 2002;

const NUMERALS = [...'一二三四五六七八九十百', '#'];

/** Set phrases in which one character is often wrong, each as “wrong right”. */
const PHRASES = `一如继往 一如既往,再接再励 再接再厉,迫不急待 迫不及待,甘败下风 甘拜下风,不径而走 不胫而走,穿流不息 川流不息,谈笑风声 谈笑风生,相形见拙 相形见绌,
一愁莫展 一筹莫展,金壁辉煌 金碧辉煌,破斧沉舟 破釜沉舟,鼎立相助 鼎力相助,出奇不意 出其不意,针贬时弊 针砭时弊,脉博 脉搏,松驰 松弛,粗旷 粗犷,浮燥 浮躁,
烦燥 烦躁,急燥 急躁,戒骄戒燥 戒骄戒躁,震憾 震撼,寒喧 寒暄,洁白无暇 洁白无瑕,沤心沥血 呕心沥血,萎糜不振 萎靡不振,沉缅 沉湎,名列前矛 名列前茅,
默守成规 墨守成规,人情事故 人情世故,有持无恐 有恃无恐,声名雀起 声名鹊起,美仑美奂 美轮美奂,蛛丝蚂迹 蛛丝马迹,追朔 追溯,鬼鬼崇崇 鬼鬼祟祟,
竭泽而鱼 竭泽而渔,黄梁美梦 黄粱美梦,言简意骇 言简意赅,饮鸠止渴 饮鸩止渴,独挡一面 独当一面,融汇贯通 融会贯通,再所不惜 在所不惜,再所难免 在所难免,灸手可热 炙手可热,
惩前毙后 惩前毖后,按步就班 按部就班,不落巢臼 不落窠臼,一股作气 一鼓作气,世外桃园 世外桃源,趋之若骛 趋之若鹜,滥芋充数 滥竽充数,
山青水秀 山清水秀,天翻地复 天翻地覆,责无旁代 责无旁贷,义不容词 义不容辞,走头无路 走投无路,轻歌慢舞 轻歌曼舞,
渡假村 度假村,安全渡汛 安全度汛,不可思异 不可思议`;

/** For texts in simplified characters. */
export const CONFUSED_WORDS: readonly WordRule[] = [
  ...PHRASES.split(/,\s*/).map((pair) => {
    const [wrong = '', right = ''] = pair.trim().split(' ');
    return certain(wrong, right);
  }),
  certain('截止', '截至', {
    notBefore: ['报名', '申报', '征集', '投稿', '投标', '受理', '报送', '期限', '时间', '日期'],
    after: [
      '#',
      '目前',
      '今',
      '本月',
      '上月',
      '去年',
      '昨',
      '年底',
      '月底',
      '日前',
      '当前',
      '现在',
      '二〇',
      '上年',
      '本年',
    ],
  }),
  // 多做为民造福的实事, 也要做为后人打基础的事: 做 governs what follows 为.
  certain('做为', '作为', {
    notBefore: [...'叫看当称视认评选定改算多'],
    notAfter: ['民', '长远', '后人', '后代', '子孙', '百姓', '老百姓', '群众办', '群众谋', '人民谋', '人民办'],
  }),
  certain('己经', '已经', { notBefore: [...'自知克利律异体'] }),
  // In 不能自已 and 情难自已, 已 is right and means “to stop”.
  certain('自已', '自己', {
    notBefore: [...'来源出选摘发引录', '不能', '难以', '情难', '不克'],
    notAfter: [...'有经于建成在批'],
  }),
  certain('防犯', '防范', { notBefore: [...'预谨严'], notAfter: [...'罪规法案错'] }),
  certain('按装', '安装', { notAfter: [...'机置配备潢修载卸'] }),
  certain('笫', '第', { after: NUMERALS }),
  certain('布署', '部署', { notBefore: ['发', '公', '宣', '颁'] }),
  certain('按排', '安排', { notAfter: ['队', '名', '列', '序', '放'] }),
  certain('权利', '权力', { after: ['运行制约', '寻租', '运行监督', '下放', '制约和监督'] }),
  likely('公权利', '公权力'),
  certain('权力', '权利', {
    before: ['公民的合法', '公民合法', '消费者的合法', '当事人的合法', '民主'],
    notAfter: ['机关', '机构', '运行'],
  }),
  likely('反应', '反映', {
    before: ['如实', '集中', '及时', '积极', '充分', '真实', '客观', '群众'],
    after: ['情况', '问题', '意见', '诉求', '社情民意', '民意', '群众'],
  }),
  certain('座落', '坐落', { after: ['于', '在'] }),
  certain('部份', '部分', { since: VARIANTS_SETTLED }),
  likely('帐户', '账户', { since: VARIANTS_SETTLED }),
  likely('凭添', '平添'),
];
