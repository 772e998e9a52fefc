/** Words and marks of titles and of the lines around them, as parts of regular expressions. */

/** A year in figures or Chinese numerals, without 年. */
export const YEAR = '(?:[12]\\d{3}|[二一][〇○零一二三四五六七八九]{3})';

/** Dashes typed for ——, as the content of a character class. */
const DASHES = '—―─－';
/** A dash with the first character after it: ——2024年1月5日在…大会上, －－在…会议上. */
export const AFTER_DASH = `(?:[${DASHES}]{1,3}|[-–]{2,3})[\\s\\u3000]{0,4}[^\\s${DASHES}–-]`;
/** 政府工作报告　——2024年1月5日在…大会上: the occasion on the line of the title. */
export const OCCASION_BESIDE = new RegExp(`[${DASHES}]{1,3}[\\s\\u3000]{0,2}${YEAR}年.{0,12}在.{4,60}上$`);
/** A line that begins with a dash or a bracket is a remark beside a title. */
export const ASIDE = new RegExp(`^[${DASHES}（(]`);

/** Offices that are part of hardly any other word. */
export const HIGH_OFFICES = '书记|[市县区省州]长|主席|总理';
/** Offices whose holder may stand below a title. */
export const OFFICES = `${HIGH_OFFICES}|[局部校院厅盟旗镇]长|主任|专员`;
/** What is left of the line of an office or a capacity: a name of two to four characters, set apart. */
export const NAME_SET_APART = '[\\s\\u3000：:]+[\\u4e00-\\u9fff](?:[\\s\\u3000]{0,2}[\\u4e00-\\u9fff]){1,3}$';
