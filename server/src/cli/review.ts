/** `policy-text review`: the findings in a Word document, as comments and tracked changes in a copy of it. */

import fs from 'node:fs/promises';
import path from 'node:path';
import { readWhole, replaceFile } from '../disk.node';
import { MAX_BYTES } from '../drafts/extraction.node';
import { reaches, SEVERITIES, type ShownSeverity } from '../rules/severity';
import type { Message } from '../text/message';
import type { Reviewer } from '../word/review.node';
import { type Call, type Command, UsageError } from './command';
import { Configurations } from './configuration';
import { Drafts, reasonFor } from './drafts';
import { LEXICON_OPTIONS, lexiconOf } from './lexicon';
import { configurationOf, PROFILE_OPTION, RULE_OPTION } from './lint';
import { SPELLING_OPTION, spellingOf } from './spelling';

export const reviewCommand: Command = {
  name: 'review',
  operands: 'FILE.docx',
  summary: {
    en: 'Put findings into a Word document as comments and tracked changes.',
    zh: '把检查结果写成 Word 文档里的批注和修订。',
  },
  options: [
    { name: 'output', short: 'o', value: 'FILE.docx', help: { en: 'the document to write', zh: '要写出的文档' } },
    {
      name: 'comments-only',
      help: { en: 'comments only, no tracked changes', zh: '只加批注，不做修订' },
    },
    {
      name: 'author',
      value: 'NAME',
      help: { en: 'author of the comments and changes (default: policy-text)', zh: '批注和修订的作者（默认“笔杆”）' },
    },
    {
      name: 'date',
      value: 'DATE',
      help: {
        en: 'their date, 2026-03-01 or 2026-03-01T09:30:00Z (default: now)',
        zh: '批注和修订的时间，如 2026-03-01、2026-03-01T09:30:00Z（默认当前时间）',
      },
    },
    {
      name: 'min-severity',
      value: 'SEVERITY',
      choices: SEVERITIES,
      help: {
        en: 'no comments on less severe findings (default: information)',
        zh: '更轻的问题不加批注（默认 information）',
      },
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: [...SEVERITIES, 'never'],
      help: {
        en: 'exit with 1 from this severity on (default: never)',
        zh: '达到此级别即以 1 退出（默认 never）',
      },
    },
    {
      name: 'force',
      help: { en: 'replace a document of the output’s name', zh: '输出文件已存在时覆盖' },
    },
    RULE_OPTION,
    PROFILE_OPTION,
    ...LEXICON_OPTIONS,
    SPELLING_OPTION,
  ],
  details: {
    en: [
      'The document itself stays as it is; the review is a copy, in which all else is byte for byte the same.',
      'What “policy-text fix” would mend becomes tracked changes: accept all for the mended text, reject all for the old.',
      'Words in fields, links, content controls, text boxes, notes and changes of others get comments only; what is about',
      'an automatic number stands at its paragraph. Existing comments and changes are kept.',
      'Signed, protected and encrypted documents and those with macros are not reviewed.',
      'Exit code: 0 written, 1 written with findings from --fail-on on, 2 wrong usage, unreadable input or no output.',
      '',
      'Example: policy-text review draft.docx -o reviewed.docx',
    ].join('\n'),
    zh: [
      '原文档不动；写出的是副本，其余内容逐字节不变。',
      'policy-text fix 会改的地方成为修订：全部接受即为改好的文本，全部拒绝即为原文。',
      '域、超链接、内容控件、文本框、脚注尾注和他人修订中的文字只加批注；自动编号的问题批注在该段。原有批注和修订保留。',
      '有数字签名、限制编辑、加密或带宏的文档不处理。',
      '退出码：0 已写出，1 已写出且有达到 --fail-on 级别的问题，2 用法有误、文件读不了或写不出。',
      '',
      '示例：policy-text review 讲话.docx -o 讲话-审.docx',
    ].join('\n'),
  },
  async run(call) {
    const { operands, options, terminal, locale } = call;
    const [input] = operands;
    if (input === undefined || operands.length !== 1)
      throw new UsageError({ en: 'Name one Word document.', zh: '请给出一份 Word 文档。' });
    const output = options.value('output');
    if (output === undefined || !/\.docx$/i.test(output)) {
      throw new UsageError({
        en: 'Name the document to write: -o FILE.docx.',
        zh: '请写明输出的文档：-o 文件名.docx。',
      });
    }
    const reviewer = await askedReviewer(call);
    const drafts = new Drafts(terminal, locale, undefined);
    const configurations = new Configurations(configurationOf(call), drafts);
    const least = (options.value('min-severity') ?? 'information') as ShownSeverity;
    const failOn = (options.value('fail-on') ?? 'never') as ShownSeverity | 'never';

    let bytes: Uint8Array;
    try {
      bytes = await readWhole(input, MAX_BYTES);
    } catch (error) {
      drafts.fail(input, reasonFor(error));
      return 2;
    }
    const { reviewWordDocument } = await import('../features/wordReview.node');
    const result = reviewWordDocument(bytes, {
      configuration: await configurations.for(input),
      lexicon: await lexiconOf(call),
      spelling: await spellingOf(call),
      reviewer,
      commentsOnly: options.has('comments-only'),
      isTold: ({ severity }) => reaches(severity, least),
      locale,
    });
    if ('refused' in result) {
      drafts.fail(input, result.refused);
      return 2;
    }
    const failure = await writeReview(input, output, result.bytes, options.has('force'));
    if (failure) {
      drafts.fail(output, failure);
      return 2;
    }
    drafts.say(output, {
      en: 'Written with {0} comments and {1} fixes as tracked changes.',
      zh: '已写出：批注 {0} 处，改正 {1} 处（修订）。',
      values: [result.comments, result.fixes],
    });
    if (drafts.failures > 0) return 2;
    return result.findings.some(({ severity }) => reaches(severity, failOn)) ? 1 : 0;
  },
};

/** Author and date from the options. Throws {@link UsageError} for an invalid date. */
async function askedReviewer({ options, locale }: Call): Promise<Reviewer> {
  const { reviewerOf } = await import('../features/wordReview.node');
  const given = options.value('date');
  const reviewer = reviewerOf(options.value('author'), given, locale);
  if (!reviewer) {
    throw new UsageError({
      en: '--date is a date like 2026-03-01 or 2026-03-01T09:30:00Z, not “{0}”.',
      zh: '--date 应为 2026-03-01 或 2026-03-01T09:30:00Z 这样的时间，“{0}”不对。',
      values: [given ?? ''],
    });
  }
  return reviewer;
}

/** Writes the review, never over the reviewed document, and over another one only with `force`. Returns why not. */
async function writeReview(
  input: string,
  output: string,
  bytes: Uint8Array,
  force: boolean,
): Promise<Message | undefined> {
  try {
    const [from, to] = await Promise.all([fs.stat(input), fs.stat(output).catch(() => undefined)]);
    if (path.resolve(input) === path.resolve(output) || (to && to.ino === from.ino && to.dev === from.dev)) {
      return {
        en: 'Not written: this is the document itself. Give the review another name.',
        zh: '没有写出：这就是原文档。请换一个输出文件名。',
      };
    }
    if (to?.isDirectory()) return { en: 'This is a folder, not a file.', zh: '这是文件夹，不是文件。' };
    if (to?.isFile() && !force && !Buffer.from(await readWhole(output, MAX_BYTES)).equals(bytes)) {
      return {
        en: 'A file of that name exists, which may contain other people’s work; use --force to replace it.',
        zh: '已有同名文件，里面可能有别人的改动；确要覆盖请加 --force。',
      };
    }
    await replaceFile(output, bytes);
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}
