/**
 * The part that a line could play in a document, judging by its own characters: a date, a document number, a salutation
 * …
 */

import { isHan } from '../text/characters';
import { isFurnitureLine } from './furniture';
import type { DocumentKind } from './kinds';
import { YEAR } from './layout/titleWords';

/** What a short line could be, judging by its own characters. */
export type LineRole =
  | 'blank'
  | 'text'
  | 'titleLike'
  | 'contentsHead'
  | 'salutation'
  | 'adoption'
  | 'date'
  | 'documentNumber'
  | 'attachmentHead'
  | 'attachmentNote'
  | 'publishNote'
  | 'source'
  | 'imprint'
  | 'furniture'
  | 'fence';

const MAX_ROLE_LENGTH = 160;

/** A line that begins with a marker may still be an attachment note's entry or a caption; nothing else matters. */
export function markedRole(line: string, from: number, to: number): LineRole {
  return to - from <= 40 && isFurnitureLine(line.slice(from, to)) ? 'furniture' : 'text';
}

const DATE =
  /^[（(]?(?:[12]\d{3}|[二一][〇○零ＯO0一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[）)]?$/;
const ADOPTION =
  /^[（(].{4,120}(?:通过|通過|公布|修订|修訂|修正|发布|發布|批准|施行|印发|印發|讲话|講話|报告|報告)(?:[，,].{0,20})?[）)]$/;
const DATED_ADOPTION = new RegExp(`^[（(]${YEAR}年.{2,120}[）)]$`);
/** 青政发〔2024〕3号, also with gaps for the figures and followed by 签发人：…, as in reports to a higher body. */
const NUMBER =
  /^[\u4e00-\u9fff、×XＸ*＊○_＿]{1,20}[〔［[（(【]\s{0,8}(?:\d{4}|[×XＸ*＊○_＿]{1,4})\s{0,8}[〕］\])）】]\s{0,8}第?\s{0,8}(?:\d{1,5}|[×XＸ*＊○_＿]{1,8})\s{0,8}[号號](?:[\s\u3000]+[签簽][发發]人[：:].{0,30})?$/;
/** The number alone: 〔2024〕15号, 第5期, （第12期）, 2024年第3期（总第81期）. */
const ISSUE =
  /^(?:[〔［[（(【]?\s{0,8}[12]\d{3}\s{0,8}[〕］\])）】]?年?\s{0,8}第?|[（(]?第)\s{0,8}(?:[\dXＸ×*]{1,5}|[一二三四五六七八九十百]{1,5})\s{0,8}[号號期][）)]?(?:\s{0,8}[（(]总第?\s{0,8}\d{1,5}\s{0,8}期[）)])?$/;
/** Elements that may be above it: secrecy and urgency (GB/T 9704 7.2.2, 7.2.3). */
const CLASSIFICATION = /^(?:(?:绝密|絕密|机密|機密|秘密)(?:★.{0,8})?|特急|加急|平急)$/;
const ATTACHMENT_HEAD =
  /^(?:附件|附錄|附录|附表|附图|附圖)\s{0,8}(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[０-９]{1,2})?\s{0,8}[：:]?$|^附\s{0,8}[：:]?$/;
const ATTACHMENT_NOTE =
  /^(?:附件|附表|附图|附圖|附)\s{0,8}(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s{0,8}[：:]\s{0,8}\S/;
const SOURCE = /^[（(]?(?:摘自|原载|原載|选自|選自|来源[：:]|來源[：:]|据《|（?新华社).{0,60}[）)]?$/;
const PUBLISH_NOTE = /^[（(](?:此件|本文|此文).{2,20}[）)]$/;
/** Elements below the sign-off of an issued document (GB/T 9704 7.3.6, 7.4): contacts, copies, printer and date. */
const IMPRINT =
  /^(?:抄送|抄报|抄報|分送|公开属性|信息公开(?:选项|属性|类别|形式)?)[：:]|^[（(](?:联系人|聯絡人|联系电话|联系方式|经办人)[：:].*[）)]$|^[\u4e00-\u9fff（）()、]{4,40}[\s\u3000]+[12]\d{3}年\d{1,2}月\d{1,2}日(?:印发|印發|印制)$|^[（(]?共印\s?\d{1,5}\s?份[）)]?$/;
const SALUTATION =
  /^(?:(?:尊敬的|各位|同志|全体|女士|先生|朋友|老师|同学|代表|委员|领导|来宾|嘉宾|主席|主任|委員|同學|老師|來賓|嘉賓|領導)[\u4e00-\u9fff、，,\s]{0,40}|[\u4e00-\u9fff]{0,20}(?:同志们|同志們|朋友们|朋友們|各位代表|各位委员|各位委員|代表们|同学们|同學們))[：:！!]$/;
const RECIPIENTS = /^[\u4e00-\u9fff（）()、，,\s]{2,150}[：:]$/;
const CONTENTS = /^[【[（(]?目[\s\u3000]*[录錄次][】\])）]?[：:]?$/;
/** A line with such an ending is the end of a sentence, or its paragraph continues. */
const SENTENCE_END = /[。；;：:，,、！!？?…]["”』」）)]?$/;

export function roleOf(line: string, from: number, to: number, kind: DocumentKind): LineRole {
  if (to - from > MAX_ROLE_LENGTH) return 'text';
  const text = firstLine(line.slice(from, to));
  if (/^(?:-{3,}|`{3,}|~{3,}|<!--.*|>?\s{0,4}\[![A-Za-z]{1,20}\].*)$/.test(text)) return 'fence';
  const words =
    kind === 'markdown' || text.startsWith('#') || text.startsWith('*')
      ? text.replace(/^[#*>\s]+|(?<![*\s])[*\s]+$/g, '')
      : text;
  if (words === '') return 'fence';
  if (CONTENTS.test(words)) return 'contentsHead';
  if (DATE.test(words.replace(/[\s\u3000]+/g, ''))) return 'date';
  if (ATTACHMENT_HEAD.test(words)) return 'attachmentHead';
  if (ATTACHMENT_NOTE.test(words)) return 'attachmentNote';
  if (NUMBER.test(words) || ISSUE.test(words) || CLASSIFICATION.test(words)) return 'documentNumber';
  if (PUBLISH_NOTE.test(words)) return 'publishNote';
  if (IMPRINT.test(words)) return 'imprint';
  if (ADOPTION.test(words) || DATED_ADOPTION.test(words)) return 'adoption';
  if (SALUTATION.test(words)) return 'salutation';
  if (SOURCE.test(words)) return 'source';
  if (isFurnitureLine(words)) return 'furniture';
  if (RECIPIENTS.test(words)) return 'salutation';
  if (words.length <= 60 && !SENTENCE_END.test(words) && hasHan(words)) return 'titleLike';
  return 'text';
}

/** The line up to the first vertical tab, which Word writes for a line break. */
function firstLine(text: string): string {
  const end = text.indexOf('\v');
  return end < 0 ? text : text.slice(0, end).trimEnd();
}

function hasHan(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isHan(text.charCodeAt(at))) return true;
  return false;
}
