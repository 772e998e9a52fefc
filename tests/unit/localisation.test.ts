/** Every user-facing text exists in English and in both scripts of Chinese. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Converter } from 'opencc-js/cn2t';
import { describe, expect, it, test } from 'vitest';
import { rules } from '../../server/src/rules/index';
import { localeFrom, localise, type Message } from '../../server/src/text/message';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const texts = (file: string) => JSON.parse(read(file)) as Record<string, string>;
const has = (file: string) => existsSync(path.join(root, file));

/** The placeholders of `text`. */
function values(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

describe('the manifest', () => {
  const english = texts('package.nls.json');
  const used = [...new Set([...read('package.json').matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]))].sort();

  it('uses each of its texts, and none that is missing', () => {
    expect(Object.keys(english).sort()).toEqual(used);
  });

  it('leaves no text that a writer sees in one language', () => {
    const seen = /"(?:title|label|description|markdownDescription|displayName|contents)": "([^"]*)"/g;
    const manifest = JSON.parse(read('package.json'));
    // The schemas of tools are read by language models, not by a writer.
    for (const tool of manifest.contributes.languageModelTools) delete tool.inputSchema;
    const plain = [...JSON.stringify(manifest, null, 2).matchAll(seen)].map((match) => match[1] as string);
    // What is generated from the rules has both languages side by side.
    expect(plain.filter((text) => !/^%[\w.-]+%$/.test(text) && !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  test.each(['zh-cn', 'zh-tw'])('is whole in %s', (locale) => {
    if (locale === 'zh-tw' && !has('package.nls.zh-tw.json')) return;
    const chinese = texts(`package.nls.${locale}.json`);
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(chinese)) {
      expect(text, key).toMatch(/[\u4e00-\u9fff]/);
      // Names of settings, keys and commands in code marks must not be lost.
      expect(text.match(/`#[^`]*`|\]\(command:[^)]*\)/g)?.sort(), key).toEqual(
        english[key]?.match(/`#[^`]*`|\]\(command:[^)]*\)/g)?.sort(),
      );
    }
  });
});

describe('the client', () => {
  const sources = readdirSync(path.join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(path.join('client/src', name)));
  const used = sources.flatMap((source) =>
    [...source.matchAll(/\bl10n\.t\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map((match) => match[2] as string),
  );
  const calls = sources.flatMap((source) => source.match(/\bl10n\.t\(/g) ?? []);

  it('says nothing that is put together at run time', () => {
    expect(used).toHaveLength(calls.length);
    expect(used.filter((text) => text.includes('${'))).toEqual([]);
  });

  test.each(['zh-cn', 'zh-tw'])('has each of its texts in %s, and none it does not use', (locale) => {
    const file = `l10n/bundle.l10n.${locale}.json`;
    if (locale === 'zh-tw' && !has(file)) return;
    const bundle = texts(file);
    expect(Object.keys(bundle).sort()).toEqual([...new Set(used)].sort());
    for (const [text, translated] of Object.entries(bundle)) expect(values(translated), text).toEqual(values(text));
  });
});

describe('the server', () => {
  const messages = rules.flatMap((rule): Message[] => [
    rule.title,
    rule.reason,
    rule.authority,
    ...Object.values(rule.options ?? {}).map(({ description }) => description),
  ]);

  it('explains each rule in both languages', () => {
    for (const { en, zh } of messages) {
      expect(en).toMatch(/[A-Za-z]/);
      expect(zh).not.toBe('');
      expect(values(zh)).toEqual(values(en));
    }
  });

  it('turns the words of a message into traditional Chinese and leaves what it quotes', () => {
    const message = { en: 'Write “{0}”.', zh: '文件里的“{0}”请写作“{1}”。', values: ['两个维护', '发展'] };
    expect(localise(message, 'zh-tw')).toBe('檔案裡的“两个维护”請寫作“发展”。');
    expect(localise(message, localeFrom('zh-HK'))).toBe(localise(message, 'zh-tw'));
    expect(localise(message, localeFrom('zh-Hans'))).toBe('文件里的“两个维护”请写作“发展”。');
  });

  it.skipIf(!has('dist/lib/messages-zh-tw.js'))(
    'writes traditional Chinese as OpenCC with all its tables would',
    () => {
      const { traditionalMessage } = createRequire(import.meta.url)(`${root}/dist/lib/messages-zh-tw.js`);
      const convert = Converter({ from: 'cn', to: 'twp' });
      const server = path.join(root, 'server/src');
      const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
      const all = sources.flatMap(
        (name) => readFileSync(path.join(server, name), 'utf8').match(/\bzh: (['`])(?:\\.|(?!\1).)*\1/g) ?? [],
      );
      expect(all.length).toBeGreaterThan(200);
      for (const text of [...all, ...messages.map(({ zh }) => zh)])
        expect(traditionalMessage(text)).toBe(convert(text));
    },
  );
});
