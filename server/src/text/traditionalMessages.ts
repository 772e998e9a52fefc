/**
 * Messages in traditional Chinese, with the vocabulary of Taiwan (文件 檔案), converted from the simplified ones by OpenCC.
 * The build keeps only those entries of its tables that the messages need; see scripts/traditional.mjs.
 */
import { Converter } from 'opencc-js/cn2t';

let convert: ((text: string) => string) | undefined;
const known = new Map<string, string>();

/** Converts `template`, a message in simplified Chinese with its placeholders, to traditional. */
export function traditionalMessage(template: string): string {
  let message = known.get(template);
  if (message === undefined) {
    convert ??= Converter({ from: 'cn', to: 'twp' });
    message = convert(template);
    known.set(template, message);
  }
  return message;
}
