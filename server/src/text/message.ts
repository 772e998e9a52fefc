import { traditionalMessage } from './traditionalMessages';

/** A user-facing message in both languages; `{0}`, `{1}` … are placeholders filled in by {@link localise}. */
export interface Message {
  readonly en: string;
  readonly zh: string;
  readonly values?: readonly (string | number)[];
}

/** Languages of the interface. Traditional Chinese is generated from the simplified text at build time. */
export type Locale = 'en' | 'zh-cn' | 'zh-tw';

/** Fills the values of `message` into its text for `locale` and returns plain text. */
export function localise(message: Message, locale: Locale): string {
  const template = locale === 'en' ? message.en : locale === 'zh-tw' ? traditionalMessage(message.zh) : message.zh;
  const values = message.values;
  if (!values) return template;
  return template.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}

/** Derives a locale from an LSP `locale` or a POSIX `LANG` value; anything unknown is English. */
export function localeFrom(tag: string | undefined): Locale {
  const normal = (tag ?? '').toLowerCase().replace('_', '-');
  if (!normal.startsWith('zh')) return 'en';
  return /^zh-(tw|hk|mo|hant)/.test(normal) ? 'zh-tw' : 'zh-cn';
}
