/** `policy-text export`: a draft as a Word document, laid out by GB/T 9704-2012. */
import path from 'node:path';
import { readWhole, replaceFile } from '../disk.node';
import { MAX_BYTES } from '../drafts/extraction.node';
import type { Template } from '../layout/template';
import { analyse } from '../structure/analyse';
import { FORMS, type Form } from '../structure/draftHead';
import { type Command, UsageError } from './command';
import { Configurations } from './configuration';
import { Drafts, ENCODING_OPTION, reasonFor } from './drafts';

/** Maximum size of a template, in bytes. */
const MAX_TEMPLATE = 1024 * 1024;

export const exportCommand: Command = {
  name: 'export',
  operands: 'FILE',
  summary: { en: 'Export a draft as a Word document.', zh: '把文稿排成 Word 文档（GB/T 9704-2012）。' },
  options: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE.docx',
      help: { en: 'the document to write', zh: '要写出的文档' },
    },
    {
      name: 'form',
      value: FORMS.join('|'),
      choices: FORMS,
      help: {
        en: 'the form (default: from the head of the draft, or recognised)',
        zh: '版式（默认取自文稿开头的“版式：”，否则自动识别）',
      },
    },
    {
      name: 'template',
      value: 'FILE.json',
      help: {
        en: 'fonts, margins and sizes of your organisation; the editor checks it if it is called NAME.layout-template.json',
        zh: '本单位的字体、页边距、字号等（JSON 模板；命名为“名称.layout-template.json”，编辑器会检查）',
      },
    },
    {
      name: 'force',
      help: { en: 'replace a document that others changed or made', zh: '已有的文档即使被人改过也覆盖' },
    },
    ENCODING_OPTION,
  ],
  details: {
    en: [
      'Numbers and headings stay plain text, so that nothing renumbers by itself; headings have Word’s heading styles.',
      'What the text does not say stands in a head between two lines of ---, one thing a line: 份号、密级、紧急程度、',
      '发文机关、发文字号、签发人、附注、抄送、印发机关、印发日期、用印（是／否）、版式（通用、信函、命令、纪要、讲话、报告、法规）.',
      'What holds for all drafts of a unit stands in .policytext.json: "layout": {"head": {"发文机关": "…"}, "template": "FILE"};',
      'the head of a draft stands over it, also with nothing behind a name. A template’s deviations from GB/T 9704 are told.',
      'Lines with tabs, two or more in a row, become a table. Blank lines are not carried over: the layout has its own.',
      'Exit code: 0 fine, 2 wrong usage, unreadable input or output that cannot be written.',
      '',
      'Example: policy-text export notice.txt -o notice.docx',
    ].join('\n'),
    zh: [
      '序号和标题都是普通文字，不会自动重新编号；标题套用 Word 的标题样式。',
      '正文里没有的版头、版记要素写在文稿开头两行 --- 之间，一行一项：份号、密级、紧急程度、',
      '发文机关、发文字号、签发人、附注、抄送、印发机关、印发日期、用印（是／否）、版式（通用、信函、命令、纪要、讲话、报告、法规）。',
      '各篇共用的写在 .policytext.json 里："layout": {"head": {"发文机关": "…"}, "template": "模板文件"}；',
      '文稿开头写的优先，项目留空即不用。模板与 GB/T 9704 不同之处会逐条列出。',
      '连续两行以上、用制表符隔开的文字排成表格。空行不保留，由版式决定间距。',
      '退出码：0 正常，2 用法有误、文件读不了或写不出。',
      '',
      '示例：policy-text export 通知.txt -o 通知.docx',
    ].join('\n'),
  },
  async run({ operands, options, terminal, locale }) {
    const output = options.value('output');
    if (operands.length !== 1) throw new UsageError({ en: 'Name one draft.', zh: '请给出一份文稿。' });
    if (output === undefined || !/\.docx$/i.test(output)) {
      throw new UsageError({
        en: 'Name the document to write: -o FILE.docx.',
        zh: '请写明输出的文档：-o 文件名.docx。',
      });
    }
    const drafts = new Drafts(terminal, locale, options.value('encoding'));
    const given = options.value('template');
    const configurations = new Configurations({ rules: {} }, drafts);
    for await (const draft of drafts.read(operands)) {
      const { head, template: unitTemplate } = await configurations.layoutOf(draft.name);
      const templateFile = given ?? unitTemplate;
      const template = templateFile === undefined ? undefined : await templateAt(templateFile, drafts);
      if (template === 'unreadable') return 2;
      const { exportDraft } = await import('../word/export.node');
      const form = options.value('form') as Form | undefined;
      const { bytes } = await exportDraft(analyse(draft.text, draft.kind), form, template, head);
      const failure = await writeExport(output, bytes, options.has('force'));
      if (failure) drafts.fail(output, failure);
      else {
        drafts.say(path.basename(output), { en: 'Written.', zh: '已写出。' });
        const { deviationsOf } = await import('../layout/deviations');
        for (const deviation of template ? deviationsOf(template) : []) drafts.say(path.basename(output), deviation);
      }
    }
    return drafts.failures > 0 ? 2 : 0;
  },
};

/** The template in `file`; if it cannot be read, the reason is reported through `drafts`. */
async function templateAt(file: string, drafts: Drafts): Promise<Template | 'unreadable'> {
  const { readTemplate } = await import('../layout/template');
  try {
    return readTemplate(new TextDecoder().decode(await readWhole(file, MAX_TEMPLATE)));
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    drafts.fail(file, code === undefined ? { en: message, zh: message } : reasonFor(error));
    return 'unreadable';
  }
}

/** Writes a document; overwrites another one only if that loses nothing or with `force`. Returns why not. */
async function writeExport(
  file: string,
  bytes: Uint8Array,
  force: boolean,
): Promise<ReturnType<typeof reasonFor> | undefined> {
  const { default: fs } = await import('node:fs/promises');
  try {
    if (!force && (await fs.stat(file).catch(() => undefined))?.isFile()) {
      const { isUntouchedExport } = await import('../word/export.node');
      if (!isUntouchedExport(await readWhole(file, MAX_BYTES))) {
        return {
          en: 'A file of that name exists, and it is not an unchanged export; use --force to replace it.',
          zh: '已有同名文件，而且不是导出后未动过的文档；确要覆盖请加 --force。',
        };
      }
    }
    await replaceFile(file, bytes);
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}
