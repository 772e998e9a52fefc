/** Runs a tool by name on a given text, after validating its input. */
import { z } from 'zod';
import type { Lexicon } from '../lexicon/model/lexicon';
import type { LintConfiguration } from '../rules/lint';
import type { SpellingModel } from '../spelling/spellingModel';
import type { DocumentKind } from '../structure/analysis';
import { type Locale, localise } from '../text/message';
import { ToolError, tools } from './tools';

export interface RunToolOptions {
  readonly locale: Locale;
  readonly kind: DocumentKind;
  readonly configuration: LintConfiguration;
  lexicon(): Promise<Lexicon | undefined>;
  spelling(): Promise<SpellingModel | undefined>;
}

/** The tool's answer, or a message saying why there is none. Files are not read: `input` holds the text. */
export async function runTool(
  name: string,
  input: unknown,
  options: RunToolOptions,
): Promise<{ answer: object } | { refused: string }> {
  const { locale, kind, configuration } = options;
  const tool = tools.find((one) => one.name === name);
  if (!tool) return { refused: localise({ zh: '没有工具“{0}”。', en: 'Unknown tool “{0}”.', values: [name] }, locale) };
  const checked = z.object(tool.input).safeParse(input);
  if (!checked.success) return { refused: z.prettifyError(checked.error) };
  const { text } = checked.data as { text?: string };
  const context = {
    locale,
    lexicon: options.lexicon,
    spelling: options.spelling,
    read: async () => ({ text: text ?? '', kind, configuration }),
  };
  // The text of an open document is read with that document's settings.
  const given = text === undefined ? checked.data : { ...checked.data, text: undefined, path: '.' };
  try {
    return { answer: await tool.run(given, context) };
  } catch (error) {
    if (error instanceof ToolError) return { refused: localise(error.explanation, locale) };
    throw error;
  }
}
