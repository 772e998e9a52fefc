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
  options: [...LEXICON_OPTIONS, SPELLING_OPTION],
  details: {
    en: [
      'Speaks the Model Context Protocol on standard input and output: outline, lint, spelling, fix, renumber,',
      'convert_numbering, clean, phrases, facts, compare. An assistant can have files read below the roots of its client and below each',
      'FOLDER, and no others. Nothing is written, and nothing leaves this machine through this program; what the assistant',
      'does with the answers is its own affair. Set-up: docs/agents.md.',
    ].join('\n'),
    zh: [
      '在标准输入、输出上使用 MCP 协议，提供 outline、lint、spelling、fix、renumber、convert_numbering、clean、phrases、facts、compare',
      '等工具。助手只能让本程序读取客户端根目录和所给 FOLDER 之下的文件。本程序不写任何文件，也不把任何内容送出本机；',
      '助手如何处理得到的结果，由助手自己的规则决定。配置方法见 docs/agents.md。',
    ].join('\n'),
  },
  async run(call) {
    const { operands, terminal, locale } = call;
    const configurations = new Configurations({ rules: {} }, new Drafts(terminal, locale, undefined));
    let lexicon: ReturnType<typeof lexiconOf> | undefined;
    let spelling: ReturnType<typeof spellingOf> | undefined;
    const { serveMcp } = await import('../agents/mcpServer');
    await serveMcp({
      version: version(),
      locale,
      folders: operands.map((folder) => path.resolve(folder)),
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
