/**
 * Furniture: what a web page puts around a document: navigation, buttons, sharing, an index card. Recognised line by
 * line at the head and the tail of a text only; the same words inside the body are text.
 */

const CARD =
  /^(?:索引号|主题分类|发文机关|发文机构|成文日期|标题|发文字号|文号|发布日期|发布机构|生成日期|主题词|有效性|公开方式|公开范围|效力状态)[：:]/;
const BUTTON =
  /^(?:首页|主页|下载|打印|打印本页|全屏|收藏|加大|还原|减小|默认|大|中|小|大中小|关闭|关闭窗口|返回|返回顶部|返回首页|分享|分享到|微信|微博|上一篇|下一篇|上一页|下一页|相关阅读|相关链接|相关文档|相关报道|相关稿件|查看原文|阅读原文|阅读全文|展开全文|查看更多|纠错|无障碍|语音播报|繁体|简体|登录|注册|搜索|更多|网站地图|联系我们|我要纠错|[>|》【】[\]/·-]{1,3})[：:]?$/;
const CAPTION =
  /^(?:当前位置|您的位置|您所在的位置|字号|【字号|字体|字體|字体大小|浏览次数|阅读次数|点击数|访问量|扫一扫|分享到|分享至|责任编辑|责编|发表时间|发布时间|发布日期|更新时间|稿源|信息来源|文章来源|打印|附件下载|主办单位|承办单位|网站标识码|版权所有|技术支持|.{0,3}ICP备|.{0,3}公网安备|copyright|views)[：:\s©【]?/i;
/** Words that also begin a sentence; a caption has a mark, a figure or nothing after them. */
const CAPTION_WORD = /^(?:位置|编辑|审核|校对|时间|来源|作者)(?:[：:【\d]|$)/;
const SCAN = /^扫一扫.{0,12}(?:页|面|阅读|打开|分享)/;

/** Whether `line` (trimmed) was added by a web page: a button, a caption, a row of an index card. */
export function isFurnitureLine(line: string): boolean {
  if (line.length > 120) return false;
  const compact = line.replace(/[\s\u3000\u00a0]+/g, '');
  if (compact.length === 0) return false;
  if (BUTTON.test(compact) || SCAN.test(compact) || CARD.test(compact)) return true;
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?$/.test(compact)) return true;
  return compact.length <= 40 && (CAPTION.test(compact) || CAPTION_WORD.test(compact));
}
