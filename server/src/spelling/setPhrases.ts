/**
 * Set phrases of four characters (成语, and a few names of places) with one character that sounds or looks like the right one: 大刀阔府 for 大刀阔斧. Unlike the
 * pairs of `confusedWords.ts` any such character counts. Spellings follow 《现代汉语词典》 (7th edition); where it has two, both
 * are listed: 固步自封, 故步自封.
 */
import { AnalysisMemo } from '../structure/analysisMemo';
import { type Confusions, SAME_SHAPE, SAME_SOUND, SEEN } from './confusions';
import type { LanguageModel } from './languageModel';
import type { WordMatch } from './wordRules';

/** Correct forms; some differ from others in one character. */
export const PHRASES =
  `因地制宜 千方百计 玩忽职守 徇私舞弊 全力以赴 持之以恒 前所未有 不折不扣 实事求是 安居乐业 锲而不舍
众志成城 弄虚作假 量力而行 全心全意 自立自强 守望相助 同心同德 源远流长 落地生根 一如既往 举世瞩目
一以贯之 风雨同舟 日新月异 聚精会神 力所能及 一心一意 自力更生 相得益彰 以身作则 心无旁骛 百花齐放
审时度势 欣欣向荣 想方设法 薪火相传 居安思危 勇往直前 群策群力 高瞻远瞩 后顾之忧 稳扎稳打 博大精深
当务之急 循序渐进 争分夺秒 精打细算 生生不息 雪中送炭 精益求精 牢不可破 急功近利 翻天覆地 百折不挠
多管齐下 接二连三 佛罗里达 层出不穷 近悦远来 蒸蒸日上 冰天雪地 挺身而出 未雨绸缪 精耕细作 方兴未艾
自上而下 大马士革 五湖四海 知行合一 喜气洋洋 不遗余力 衣食住行 大显身手 能上能下 中流砥柱 同甘共苦
拔地而起 意气风发 名列前茅 如火如荼 志同道合 兢兢业业 名副其实 俄亥俄州 张灯结彩 明尼苏达 学以致用
此起彼伏 半壁江山 轻重缓急 心心相印 能工巧匠 见贤思齐 可歌可泣 流连忘返 治病救人 史无前例 四通八达
突飞猛进 滴水穿石 艰难困苦 一帆风顺 惊涛骇浪 克己奉公 成千上万 万无一失 有目共睹 不拘一格 应运而生
异军突起 居高不下 漫山遍野 游人如织 相映成趣 必不可少 形形色色 接踵而至 四面八方 远道而来 愚公移山
大起大落 正本清源 戈兰高地 无家可归 责无旁贷 永垂不朽 鱼米之乡 千辛万苦 拨乱反正 昂首阔步 不败之地
自下而上 理直气壮 刮目相看 感同身受 家喻户晓 是非曲直 浩浩荡荡 天人合一 大刀阔斧 逆水行舟 姹紫嫣红
仁人志士 安身立命 以和为贵 掉以轻心 供不应求 惊心动魄 鼎力相助 腾空而起 愈演愈烈 鸟语花香 枕戈待旦
孜孜不倦 浩然正气 独一无二 如履薄冰 挨家挨户 用武之地 大吃大喝 激浊扬清 扑面而来 迫在眉睫 心潮澎湃
发愤图强 燃眉之急 独断专行 仗义执言 势在必行 靠天吃饭 实至名归 别开生面 博茨瓦纳 与民争利 一席之地
龙舟竞渡 背道而驰 因公殉职 妄自菲薄 赤子之心 目不暇接 人浮于事 巧立名目 绳之以法 我行我素 夙兴夜寐
依山傍水 湖光山色 并驾齐驱 万古长青 不约而同 栩栩如生 千差万别 大张旗鼓 各抒己见 损人利己 雨后春笋
共襄盛举 平易近人 己所不欲 唯我独尊 勤工俭学 明知故犯 根深蒂固 防患未然 讲信修睦 呼之欲出 一目了然
格格不入 花拳绣腿 自始至终 三足鼎立 身先士卒 有容乃大 不辞劳苦 席地而坐 字里行间 告一段落 妄自尊大
风起云涌 古往今来 痛定思痛 雪上加霜 跋山涉水 按图索骥 众所周知 亭台楼阁 慷慨解囊 开天辟地 置若罔闻
明哲保身 迫不及待 炎黄子孙 另起炉灶 涓涓细流 耳目一新 言出必行 情同手足 水到渠成 宾至如归 以理服人
恰恰相反 视而不见 置身事外 小心翼翼 卷土重来 不亦乐乎 翩翩起舞 威武雄壮 别具一格 置之不理 无微不至
裹足不前 触目惊心 闭门造车 司空见惯 不谋而合 赏心悦目 十全十美 花好月圆 如饥似渴 世外桃源 日积月累
止于至善 秋高气爽 古色古香 比比皆是 或多或少 丰衣足食 口是心非 德高望重 公而忘私 避重就轻 悬而未决
畏首畏尾 星火燎原 心浮气躁 指日可待 靠山吃山 如虎添翼 喜怒哀乐 火树银花 一望无际 始作俑者 显而易见
自食其力 星星之火 抱残守缺 官商勾结 公私分明 麻痹大意 勤学苦练 惨绝人寰 事半功倍 按部就班 天涯海角
唾手可得 土生土长 兴高采烈 传为佳话 苏门答腊 嘘寒问暖 熙熙攘攘 取而代之 排山倒海 惟妙惟肖 拾金不昧
年久失修 对号入座 总而言之 倒行逆施 划清界限 轻而易举 颠扑不破 三令五申 文以载道 土崩瓦解 省时省力
燎原之势 沁人心脾 加德满都 访贫问苦 临危受命 一叶知秋 百炼成钢 白手起家 引吭高歌 刻舟求剑 忠言逆耳
人亡政息 刚柔并济 津津有味 圣马力诺 气势如虹 辛辛那提 波多黎各 托洛茨基 天经地义 戊戌变法 短兵相接
肆无忌惮 痴心妄想 生老病死 可想而知 弦歌不辍 博古通今 尽善尽美 拔苗助长 越俎代庖 全神贯注 疏而不漏
冬暖夏凉 朝令夕改 习以为常 水落石出 标新立异 披星戴月 聚沙成塔 酸甜苦辣 自私自利 良药苦口 盲人摸象
神采奕奕 五颜六色 罪魁祸首 呼啸而过 爱达荷州 荒无人烟 不言而喻 趁火打劫 微不足道 千丝万缕 变本加厉
牛鬼蛇神 知人善任 明目张胆 风平浪静 不闻不问 礼义廉耻 讨价还价 来龙去脉 生搬硬套 节衣缩食 不劳而获
徘徊不前 众星拱月 擦肩而过 安之若素 火眼金睛 波谲云诡 情深似海 怨天尤人 一波三折 乘兴而来 心甘情愿
心急如焚 一飞冲天 经世致用 今非昔比 箭在弦上 以偏概全 虚怀若谷 雕梁画栋 怡然自得 夜郎自大 失之交臂
鉴往知来 阴魂不散 皓月当空 守株待兔 春寒料峭 慷慨激昂 苦不堪言 毋庸置疑 仁心仁术 僵持不下 异口同声
冠冕堂皇 饱食终日 人云亦云 痛心疾首 自高自大 招降纳叛 作威作福 执迷不悟 推心置腹 后起之秀 坐井观天
从谏如流 患得患失 移花接木 绞尽脑汁 柳暗花明 迎刃而解 随波逐流 卧薪尝胆 寸土寸金 榜上有名 旗开得胜
沾沾自喜 新陈代谢 萎靡不振 颐养天年 名山大川 无远弗届 尸位素餐 洞天福地 自找苦吃 刨根问底 饱经风霜
乘胜追击 不胫而走 天壤之别 穿针引线 顾名思义 奇花异草 眼泪汪汪 凌云壮志 无济于事 指手画脚 斩钉截铁
五花八门 一拍即合 人山人海 能歌善舞 有血有肉 肺腑之言 了如指掌 耳濡目染 鼓乐喧天 雄才大略 怀俄明州
动如脱兔 事倍功半 道貌岸然 烟消云散 不偏不倚 死心塌地 张牙舞爪 百战百胜 忠心耿耿 才子佳人 同流合污
反攻倒算 杀人放火 自吹自擂 不学无术 卑躬屈节 百无聊赖 狂轰滥炸 麻木不仁 尾大不掉 短小精悍 大材小用
大权独揽 利令智昏 久而久之 安分守己 石破天惊 避实就虚 一言九鼎 破釜沉舟 水滴石穿 循规蹈矩 拨云见日
心明眼亮 彬彬有礼 切肤之痛 奔走相告 白驹过隙 疾风劲草 无忧无虑 气贯长虹 妙不可言 七嘴八舌 殷忧启圣
自命不凡 山崩地裂 直言不讳 爱不释手 荆棘丛生 自欺欺人 近在咫尺 不攻自破 以暴易暴 手舞足蹈 孟母三迁
本末倒置 陶冶性情 别出心裁 酒逢知己 每况愈下 厚古薄今 相濡以沫 济济多士 一知半解 喜出望外 故地重游
英年早逝 侃侃而谈 浩浩汤汤 得而复失 极目远眺 因小失大 无欲则刚 三阳开泰 一吐为快 束手无策 名垂青史
家徒四壁 朗朗上口 震古烁今 鞭辟入里 寒风凛冽 坐吃山空 金玉良缘 闪烁其词 金科玉律 放声高歌 含辛茹苦
兵戎相见 炊烟袅袅 震耳欲聋 反躬自省 臭名昭著 错上加错 以儆效尤 粉身碎骨 如出一辙 含苞待放 呐喊助威
面目全非 似曾相识 杯水车薪 鬼斧神工 连根拔起 步履维艰 莫名其妙 摧枯拉朽 一筹莫展 融会贯通 墨守成规
再接再厉 攻坚克难 驰而不息 砥砺前行 奋楫笃行 笃行不怠 踔厉奋发 凝心聚力 励精图治 防微杜渐 令行禁止
有的放矢 对症下药 抓铁有痕 踏石留印 慎终如始 攻城拔寨 滚石上山 爬坡过坎 只争朝夕 不负韶华 蹄疾步稳
步调一致 敢为人先 奋勇争先 披荆斩棘 乘风破浪 大有作为 雷厉风行 言简意赅 纲举目张 有条不紊 一丝不苟
休戚与共 荣辱与共 首当其冲 刻不容缓 前仆后继 脱颖而出 出类拔萃 人才辈出 纷至沓来 鳞次栉比 眼花缭乱
张皇失措 弱不禁风 贻笑大方 情不自禁 不胜枚举 义无反顾 义不容辞 独辟蹊径 貌合神离 奋发图强 艰苦卓绝
平心而论 凤毛麟角 海市蜃楼 不屈不挠 相辅相成 一脉相承 一气呵成 一诺千金 一鸣惊人 触类旁通 精兵简政
无所适从 不可思议 不屑一顾 不修边幅 心旷神怡 甘之如饴 如愿以偿 如雷贯耳 振聋发聩 发人深省 耳提面命
明辨是非 搬弄是非 似是而非 积毁销骨 销声匿迹 张冠李戴 感恩戴德 不共戴天 故弄玄虚 悬崖勒马 波澜壮阔
幅员辽阔 川流不息 谈笑风生 相形见绌 金碧辉煌 出其不意 针砭时弊 戒骄戒躁 洁白无瑕 呕心沥血 人情世故
有恃无恐 声名鹊起 美轮美奂 蛛丝马迹 鬼鬼祟祟 竭泽而渔 黄粱美梦 饮鸩止渴 独当一面 在所不惜 在所难免
炙手可热 惩前毖后 不落窠臼 一鼓作气 趋之若鹜 滥竽充数 山清水秀 轻歌曼舞 走投无路 同舟共济 一泻千里
水泄不通 不计其数 委曲求全 草菅人命 阴谋诡计 提心吊胆 好高骛远 浮想联翩 重蹈覆辙 老生常谈 同仇敌忾
举一反三 步步为营 坚韧不拔 与时俱进 鞠躬尽瘁 统筹兼顾 标本兼治 络绎不绝 甘拜下风 雪泥鸿爪 高屋建瓴
提纲挈领 开宗明义 旗帜鲜明 立竿见影 齐抓共管 齐头并进 分门别类 查漏补缺 举棋不定 瞻前顾后 走马观花
浅尝辄止 蜻蜓点水 隔靴搔痒 敷衍塞责 推诿扯皮 阳奉阴违 欺上瞒下 虚与委蛇 好大喜功 劳民伤财 铺张浪费
奢靡享乐 骄奢淫逸 形同虚设 束之高阁 纸上谈兵 夸夸其谈 固步自封 故步自封 因循守旧 得过且过 不思进取
安于现状 知难而进 迎难而上 百尺竿头 厉兵秣马 蓄势待发 势如破竹 高歌猛进 锐不可当 绳锯木断 久久为功
功在不舍 善始善终 善作善成 抓早抓小 有始有终 脚踏实地 求真务实 真抓实干 埋头苦干 扎扎实实 勤勤恳恳
任劳任怨 殚精竭虑 宵衣旰食 栉风沐雨 筚路蓝缕 艰苦奋斗 勤俭节约 厉行节约 开源节流 量入为出 戮力同心
勠力同心 和衷共济 同心协力 齐心协力 万众一心 休戚相关 唇齿相依 患难与共 肝胆相照 披肝沥胆 开诚布公
从善如流 集思广益 博采众长 兼收并蓄 取长补短 见微知著 洞若观火 明察秋毫 深谋远虑 运筹帷幄 统揽全局
胸有成竹 因势利导 乘势而上 趁热打铁 快马加鞭 争先恐后 你追我赶 比学赶超 如鱼得水 游刃有余 得心应手
驾轻就熟 行之有效 卓有成效 硕果累累 捷报频传 喜闻乐见 妇孺皆知 深入人心 蔚然成风 蔚为大观 如日中天
日臻完善 完美无缺 美中不足 白璧微瑕 瑕不掩瑜 彪炳史册 永载史册 可圈可点 举足轻重 至关重要 不可或缺
息息相关 密不可分 相互交织 纵横交错 错综复杂 盘根错节 千头万绪 千变万化 变幻莫测 风云变幻 波诡云谲
暗流涌动 危机四伏 有备无患 曲突徙薪 亡羊补牢 杜渐防萌 星罗棋布 四面楚歌 穷追猛打 除恶务尽 斩草除根
釜底抽薪 打草惊蛇 敲山震虎 杀一儆百 惩恶扬善 扶正祛邪 固本培元 强基固本 强筋壮骨 舒筋活血 润物无声
潜移默化 言传身教 率先垂范 身体力行 温故知新 孜孜以求 废寝忘食 通宵达旦 夜以继日 分秒必争 时不我待
机不可失 稍纵即逝 千载难逢 得天独厚 物华天宝 人杰地灵 钟灵毓秀 山明水秀 绿树成荫 风调雨顺 五谷丰登
国泰民安 政通人和 鳏寡孤独 扶危济困 扶弱济困 急公好义 见义勇为 乐善好施 助人为乐 一视同仁 大公无私
铁面无私 刚正不阿 秉公执法 执法如山 言出法随 有法可依 有章可循 遵纪守法 奉公守法 洁身自好 廉洁奉公
两袖清风 清正廉洁 拒腐防变 警钟长鸣 前车之鉴 迷途知返 悔过自新 改过自新 痛改前非 洗心革面 脱胎换骨
刮骨疗毒 壮士断腕 自我革命 视死如归 前赴后继 舍生忘死 奋不顾身 赴汤蹈火 冲锋陷阵 所向披靡 披坚执锐
坚不可摧 固若金汤 铜墙铁壁 稳如泰山 坚如磐石 名符其实 满山遍野 漂洋过海 飘洋过海 招之即来 召之即来
天翻地覆 延年益寿 荣归故里 衣锦还乡 螳臂当车 同心同行 善做善成 固本培源 发奋图强 荜路蓝缕 螳臂挡车
矜寡孤独 留连忘返`.split(/\s+/);

const LENGTH = 4;
/** Ways in which a character is written for another; sounds that are alike in some regions only are none here. */
const ALIKE = SAME_SOUND | SAME_SHAPE | SEEN;
/** Minimum log probability of a character after another, and minimum gain by it, in nats, for the two to be a word. */
const WORD = -6.5;
const TIE = 2;

interface PhraseIndex {
  readonly phrases: ReadonlySet<string>;
  /** By the first two and by the last two characters, one of which pairs is right in a slip of one character. */
  readonly byStart: ReadonlyMap<string, readonly string[]>;
  readonly byEnd: ReadonlyMap<string, readonly string[]>;
  /** Whether a character is the first of such a pair, and whether it is the second of one: most pairs of a text are none. */
  readonly opens: Uint8Array;
  readonly closes: Uint8Array;
}

const indexes = new AnalysisMemo((list: readonly string[]): PhraseIndex => {
  const byStart = new Map<string, string[]>();
  const byEnd = new Map<string, string[]>();
  const opens = new Uint8Array(0x10000);
  const closes = new Uint8Array(0x10000);
  for (const phrase of list) {
    for (const [map, at] of [
      [byStart, 0],
      [byEnd, 2],
    ] as const) {
      const pair = phrase.slice(at, at + 2);
      opens[pair.charCodeAt(0)] = 1;
      closes[pair.charCodeAt(1)] = 1;
      const others = map.get(pair);
      if (others) others.push(phrase);
      else map.set(pair, [phrase]);
    }
  }
  return { phrases: new Set(list), byStart, byEnd, opens, closes };
});

/**
 * The set phrases in `line`, in simplified characters, with one wrong character; UTF-16 offsets in the line. A character that makes
 * a word with its neighbour is meant: 办实事求实效.
 */
export function setPhraseSlips(line: string, confusions: Confusions, language: LanguageModel): WordMatch[] {
  const index = indexes.of(PHRASES);
  const matches: WordMatch[] = [];
  for (let at = 0; at + 1 < line.length; at++) {
    if (index.opens[line.charCodeAt(at)] === 0 || index.closes[line.charCodeAt(at + 1)] === 0) continue;
    const pair = line.slice(at, at + 2);
    for (const right of index.byStart.get(pair) ?? []) add(at, right);
    for (const right of index.byEnd.get(pair) ?? []) add(at - 2, right);
  }
  return matches;

  function add(start: number, right: string): void {
    if (start < 0) return;
    const wrong = line.slice(start, start + LENGTH);
    const different = onlyDifference(wrong, right);
    if (different < 0 || index.phrases.has(wrong)) return;
    const [written, meant] = [wrong.charCodeAt(different), right.charCodeAt(different)];
    if (!confusions.of(written).some(({ code, ways }) => code === meant && (ways & ALIKE) !== 0)) return;
    const place = start + different;
    if (isWord(language, line, place - 1) || isWord(language, line, place)) return;
    if (matches.at(-1)?.start === start) return;
    matches.push({ start, end: start + LENGTH, rule: { wrong, right, level: 'warning' } });
  }
}

/** Where two phrases differ if that is in one character; -1 otherwise. */
function onlyDifference(one: string, other: string): number {
  if (one.length !== other.length) return -1;
  let found = -1;
  for (let at = 0; at < one.length; at++) {
    if (one.charCodeAt(at) === other.charCodeAt(at)) continue;
    if (found >= 0) return -1;
    found = at;
  }
  return found;
}

/** Whether the characters at `at` and after it are strongly associated in the model. */
function isWord(language: LanguageModel, line: string, at: number): boolean {
  if (at < 0 || at + 1 >= line.length) return false;
  const [first, second] = [line.charCodeAt(at), line.charCodeAt(at + 1)];
  const number = language.numberOf(second);
  const log = language.pairScore(first, second);
  return log >= WORD && log - language.frequency(number) >= TIE;
}
