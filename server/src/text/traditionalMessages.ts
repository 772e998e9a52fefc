/**
 * Messages in traditional Chinese, with the vocabulary of Taiwan (文件 檔案), made from the simplified ones by OpenCC. The
 * build keeps of its tables only what the messages have use for; see scripts/traditional.mjs.
 */
import { Converter } from 'opencc-js/cn2t';

let convert: ((text: string) => string) | undefined;
const known = new Map<string, string>();

/** `template`, a message in simplified Chinese whose values are not filled in yet, in traditional. */
export function traditionalMessage(template: string): string {
  let message = known.get(template);
  if (message === undefined) {
    convert ??= Converter({ from: 'cn', to: 'twp' });
    message = convert(template);
    known.set(template, message);
  }
  return message;
}
