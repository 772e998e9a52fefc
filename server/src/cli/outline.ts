/** `policy-text outline`: the tree of headings. */
import { characterCount, sectionName } from '../features/names';
import { analyse } from '../structure/analyse';
import type { Analysis, Section } from '../structure/analysis';
import { countCharacters } from '../text/characters';
import { positionAt } from '../text/lines';
import { localise } from '../text/message';
import { paragraphAt } from '../word/paragraphs';
import type { Call, Command, Option } from './command';
import { displayWidth, printable, truncate } from './display';
import { Drafts, ENCODING_OPTION, type LoadedDraft } from './drafts';
import { type Colours, coloursFor, lineWidth } from './terminal';

const FORMAT_OPTION: Option = {
  name: 'format',
  value: 'text|json',
  choices: ['text', 'json'],
  help: { en: 'a tree to read (default), or JSON', zh: '供阅读的树形（默认），或 JSON' },
};

export const outlineCommand: Command = {
  name: 'outline',
  operands: 'FILE…',
  summary: { en: 'Show the headings of drafts as a tree.', zh: '列出文稿的标题层级（大纲）。' },
  options: [FORMAT_OPTION, ENCODING_OPTION],
  details: {
    en: [
      'Each line shows the line number (in a Word document the paragraph’s), the heading and the characters of its section without blanks.',
      'A FILE may be a folder, which is read with all drafts in it, or - for standard input.',
      'JSON: a list of files, each with nested headings; lines and characters count from 0, characters in UTF-16 units.',
      'Exit code: 0 fine, 2 wrong usage or unreadable input.',
    ].join('\n'),
    zh: [
      '每行依次是行号（Word 文档为段落号）、标题、本节字数（不计空白）。',
      'FILE 也可以是文件夹（连同其中所有文稿），或 - 表示标准输入。',
      'JSON 为文件列表，标题逐级嵌套；行、列从 0 起算，列以 UTF-16 单位计。',
      '退出码：0 正常，2 用法有误或有文件读不了。',
    ].join('\n'),
  },
  async run(call) {
    const drafts = new Drafts(call.terminal, call.locale, call.options.value('encoding'), { inFolders: true });
    const asJson = call.options.value('format') === 'json';
    const files: unknown[] = [];
    let first = true;
    for await (const draft of drafts.read(call.operands)) {
      const analysis = analyse(draft.text, draft.kind);
      if (asJson) {
        files.push({
          ...describeFile(draft),
          headings: analysis.sections.map((one) => headingJson(one, analysis, draft)),
        });
      } else {
        call.terminal.out((first ? '' : '\n') + tree(draft, analysis, call));
      }
      first = false;
    }
    if (asJson) call.terminal.out(`${JSON.stringify(files, null, 2)}\n`);
    return drafts.failures > 0 ? 2 : 0;
  },
};

function describeFile({ name, encoding, text }: LoadedDraft) {
  return { file: name, encoding, characters: countCharacters(text) };
}

interface HeadingDescription {
  marker: string;
  title: string;
  level: number;
  /** Counted from 1, in a Word document only. */
  paragraph?: number;
  kind: Section['kind'];
  line: number;
  character: number;
  range: { start: Position; end: Position };
  characters: number;
  children: HeadingDescription[];
}

type Position = ReturnType<typeof positionAt>;

/** The JSON form of a heading. */
function headingJson(section: Section, analysis: Analysis, draft: LoadedDraft): HeadingDescription {
  const start = positionAt(analysis.lines, section.span.start);
  return {
    marker: section.marker?.text ?? '',
    title: section.title,
    level: section.level,
    kind: section.kind,
    ...(draft.word && { paragraph: paragraphAt(draft.word, section.span.start) }),
    ...start,
    range: { start, end: positionAt(analysis.lines, section.span.end) },
    characters: section.characters,
    children: section.children.map((child) => headingJson(child, analysis, draft)),
  };
}

function tree(draft: LoadedDraft, analysis: Analysis, { terminal, locale }: Call): string {
  const colours = coloursFor(terminal, 'output');
  // On a screen each heading is cut to one line; on a pipe headings are complete.
  const width = terminal.outputIsScreen ? lineWidth(terminal) : Number.POSITIVE_INFINITY;
  const digits = String(analysis.lines.count).length;
  const rows: string[] = [];
  const add = (sections: readonly Section[], depth: number): void => {
    for (const section of sections) {
      const place = draft.word
        ? paragraphAt(draft.word, section.span.start)
        : analysis.lines.lineAt(section.span.start) + 1;
      const number = String(place).padStart(digits);
      const indent = '  '.repeat(depth);
      const size = characterCount(section.characters, locale);
      const free = width - digits - indent.length - displayWidth(size) - 6;
      const title = truncate(printable(sectionName(section, analysis, locale)), Math.max(20, free));
      rows.push(`  ${colours.dim(number)}  ${indent}${emphasised(title, section, colours)}  ${colours.dim(size)}`);
      add(section.children, depth + 1);
    }
  };
  add(analysis.sections, 0);
  const headings = analysis.headings.length;
  const values = [headings, characterCount(countCharacters(draft.text), locale)];
  const counted = headings === 1 ? '1 heading' : `${headings} headings`;
  const summary = localise(
    headings === 0
      ? { en: 'no headings, {1}', zh: '没有标题，{1}', values }
      : { en: `${counted}, {1}`, zh: '{0} 个标题，{1}', values },
    locale,
  );
  return `${[`${colours.bold(printable(draft.name))}  ${colours.dim(summary)}`, ...rows].join('\n')}\n`;
}

function emphasised(name: string, section: Section, colours: Colours): string {
  if (section.kind === 'title') return colours.bold(name);
  return section.level === 1 ? colours.cyan(name) : name;
}
