/** `policy-text mcp`: the checks as tools for an assistant. */
import path from 'node:path';
import { fileText } from '../drafts/extraction.node';
import type { Command } from './command';
import { Configurations } from './configuration';
import { Drafts } from './drafts';
import { LEXICON_OPTIONS, lexiconOf } from './lexicon';
import { SPELLING_OPTION, spellingOf } from './spelling';
import { version } from './version';

export const mcpCommand: Command = {
  name: 'mcp',
  operands: '[FOLDER…]',
  summary: { en: 'Serve an assistant over the Model Context Protocol.', zh: '以 MCP 协议为智能助手提供检查工具。' },
  options: [
    {
      name: 'read-only',
      help: {
        en: 'leave out the tools that write a file (export, review)',
        zh: '不提供会写文件的工具（export、review）',
      },
    },
    ...LEXICON_OPTIONS,
    SPELLING_OPTION,
  ],
  details: {
    en: [
      'Speaks the Model Context Protocol on standard input and output: outline, lint, spelling, fix, renumber,',
      'convert_numbering, clean, phrases, facts, compare, export, review. An assistant can have files read below the roots',
      'of its client and below each FOLDER, and no others. Only export and review write, each one new .docx in those folders,',
      'over another one only where the call says overwrite: true; --read-only leaves them out. Nothing leaves this machine',
      'through this program; what the assistant does with the answers is its own affair. Set-up: docs/agents.md.',
    ].join('\n'),
    zh: [
      '在标准输入、输出上使用 MCP 协议，提供 outline、lint、spelling、fix、renumber、convert_numbering、clean、phrases、facts、compare、',
      'export、review 等工具。助手只能让本程序读取客户端根目录和所给 FOLDER 之下的文件。只有 export、review 会在这些文件夹里写一份新的',
      '.docx，调用时给出 overwrite: true 才会覆盖已有文件；--read-only 不提供这两个工具。本程序不把任何内容送出本机；',
      '助手如何处理得到的结果，由助手自己的规则决定。配置方法见 docs/agents.md。',
    ].join('\n'),
  },
  async run(call) {
    const { operands, options, terminal, locale } = call;
    const configurations = new Configurations({ rules: {} }, new Drafts(terminal, locale, undefined));
    let lexicon: ReturnType<typeof lexiconOf> | undefined;
    let spelling: ReturnType<typeof spellingOf> | undefined;
    const { serveMcp } = await import('../agents/mcpServer');
    await serveMcp({
      version: version(),
      locale,
      folders: operands.map((folder) => path.resolve(folder)),
      readOnly: options.has('read-only'),
      lexicon: () => {
        lexicon ??= lexiconOf(call);
        return lexicon;
      },
      spelling: () => {
        spelling ??= spellingOf(call);
        return spelling;
      },
      textOf: fileText,
      configurationFor: (file) => configurations.for(file),
    });
    return 0;
  },
};
