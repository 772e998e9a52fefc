/** Serves the tools over the Model Context Protocol, https://modelcontextprotocol.io, on standard input and output. */
import { fileURLToPath } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { RootsListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { draftKind } from '../drafts/discovery';
import type { Lexicon } from '../lexicon/model/lexicon';
import { CONFIGURATION_FILE } from '../rules/configurationFileName';
import { rules } from '../rules/index';
import type { LintConfiguration } from '../rules/lint';
import { ruleDocument } from '../rules/ruleDocument';
import type { SpellingModel } from '../spelling/spellingModel';
import { type Locale, localise } from '../text/message';
import { readBelow, readBytesBelow, realPathBelow, writeBelow } from './fileAccess.node';
import { fileTools } from './fileTools.node';
import { type ToolContext, ToolError, tools } from './tools';

/** Options from the command that starts the server. */
export interface McpOptions {
  readonly version: string;
  readonly locale: Locale;
  /** Absolute paths of folders that may be read and written, in addition to the client's roots. */
  readonly folders: readonly string[];
  /** Whether tools that write a file are left out. */
  readonly readOnly: boolean;
  lexicon(): Promise<Lexicon | undefined>;
  spelling(): Promise<SpellingModel | undefined>;
  /** The text of a file of any supported kind. */
  textOf(path: string, bytes: Uint8Array): Promise<string>;
  /** What `.policytext.json` sets for the file at `path`. */
  configurationFor(path: string): Promise<LintConfiguration>;
}

/** Timeout for the client's list of roots, in ms. */
const TIMEOUT_MS = 5_000;

const INSTRUCTIONS = [
  'Tools for Chinese policy texts: speeches, work reports, decisions, notices, regulations.',
  'Everything runs on this machine. lint tells what is wrong and why; fix changes only what is certain; wording is for',
  'the writer to decide. Before writing a set phrase look it up with phrases and write it word for word. Leave ** where a',
  'name or figure is missing; never invent one. export and review write a new .docx below the allowed folders.',
].join(' ');

/** Serves until the client closes standard input. */
export async function serveMcp(options: McpOptions): Promise<void> {
  const server = new McpServer({ name: 'policy-text', version: options.version }, { instructions: INSTRUCTIONS });
  const rootsOf = rootsFrom(server, options.folders);
  registerTools(server, options, rootsOf);
  registerRules(server, options.locale);
  registerSettings(server, options, rootsOf);
  await server.connect(new StdioServerTransport());
  await new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
}

type RootsOf = () => Promise<readonly string[]>;

/** The folders that may be read: those of the command line and, if the client sends its own, these too. */
function rootsFrom({ server }: McpServer, folders: readonly string[]): RootsOf {
  let roots: Promise<readonly string[]> | undefined;
  server.setNotificationHandler(RootsListChangedNotificationSchema, () => {
    roots = undefined;
  });
  return async () => {
    if (!server.getClientCapabilities()?.roots) return folders;
    roots ??= server.listRoots(undefined, { timeout: TIMEOUT_MS }).then(
      ({ roots: told }) => [...told.flatMap(({ uri }) => pathOf(uri)), ...folders],
      () => folders,
    );
    return roots;
  };
}

function registerTools(server: McpServer, options: McpOptions, rootsOf: RootsOf): void {
  const { locale } = options;
  const context: ToolContext = {
    locale,
    lexicon: options.lexicon,
    spelling: options.spelling,
    async read(file) {
      const { text, path } = await readBelow(await rootsOf(), file, options.textOf);
      return { text, kind: draftKind(path), configuration: await options.configurationFor(path) };
    },
  };
  const reading = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
  // A call may replace a file if asked to; without `overwrite` repeating the call is refused.
  const writing = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false };
  const offered = [
    ...tools.map((tool) => ({ tool, annotations: reading })),
    ...(options.readOnly ? [] : writingTools(options, rootsOf)).map((tool) => ({ tool, annotations: writing })),
  ];
  for (const { tool, annotations } of offered) {
    const { name, title, description, input, output, run } = tool;
    const about = {
      title: localise(title, locale),
      description,
      inputSchema: input,
      outputSchema: output,
      annotations,
    };
    server.registerTool(name, about, async (given: Record<string, unknown>) => {
      try {
        const answer = await run(given, context);
        return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer };
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        const text = localise(error.explanation, locale);
        return { content: [{ type: 'text', text }], isError: true };
      }
    });
  }
}

function writingTools(options: McpOptions, rootsOf: RootsOf) {
  return fileTools({
    realPath: async (file) => realPathBelow(await rootsOf(), file),
    async readBytes(file) {
      const read = await readBytesBelow(await rootsOf(), file);
      return { ...read, configuration: await options.configurationFor(read.path) };
    },
    write: async (file, bytes, permission) => writeBelow(await rootsOf(), file, bytes, permission),
  });
}

function registerRules(server: McpServer, locale: Locale): void {
  for (const rule of rules) {
    const uri = `policy-text://rules/${rule.id}`;
    const about = { title: localise(rule.title, locale), mimeType: 'text/markdown' };
    server.registerResource(rule.id, uri, about, async () => ({
      contents: [{ uri, mimeType: 'text/markdown', text: ruleDocument(rule) }],
    }));
  }
}

/** The settings that apply in each of the folders. */
function registerSettings(server: McpServer, options: McpOptions, rootsOf: RootsOf): void {
  const uri = 'policy-text://settings';
  const about = { title: CONFIGURATION_FILE, mimeType: 'application/json' };
  server.registerResource('settings', uri, about, async () => {
    const set: Record<string, LintConfiguration> = {};
    for (const root of await rootsOf()) set[root] = await options.configurationFor(`${root}/-`);
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(set, null, 2) }] };
  });
}

function pathOf(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}
