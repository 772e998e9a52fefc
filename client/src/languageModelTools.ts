/**
 * Tools for assistants inside the editor: language model tools over the running server, and the MCP server that agent
 * mode can start. Both require a trusted workspace and the setting `policyText.agents.enabled`.
 */
import * as vscode from 'vscode';
import { RUN_TOOL_REQUEST } from '../../server/src/lsp/protocol';
import type { Server } from './server';
import type { ClientSettings } from './settings';

/** API newer than the oldest supported editor; undefined there. */
interface NewerLanguageModels {
  registerTool?(name: string, tool: object): vscode.Disposable;
  registerMcpServerDefinitionProvider?(id: string, provider: object): vscode.Disposable;
}
interface NewerApi {
  readonly lm?: NewerLanguageModels;
  readonly LanguageModelToolResult?: new (parts: object[]) => object;
  readonly LanguageModelTextPart?: new (text: string) => object;
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string>,
    version: string,
  ) => object;
}

const PREFIX = 'policytext_';
const PROVIDER = 'policyText.mcp';

interface ToolInput {
  readonly text?: string;
  readonly path?: string;
}

/** Registers the tools that the manifest contributes. Does nothing in an editor without the API. */
export function registerLanguageModelTools(
  server: Server,
  context: vscode.ExtensionContext,
  settings: ClientSettings,
): vscode.Disposable {
  const { lm } = vscode as unknown as NewerApi;
  const contributed: { name: string }[] = context.extension.packageJSON.contributes?.languageModelTools ?? [];
  const registered: vscode.Disposable[] = [];
  for (const { name } of contributed) {
    const tool = lm?.registerTool?.(name, {
      prepareInvocation: ({ input }: { input: ToolInput }) => ({
        invocationMessage: input.path
          ? vscode.l10n.t('Policy Text is reading {0}', input.path)
          : vscode.l10n.t('Policy Text is reading the text'),
      }),
      invoke: ({ input }: { input: ToolInput }, token: vscode.CancellationToken) => {
        if (isEnabled(settings)) return invoke(server, name.slice(PREFIX.length), input, token);
        const refusal = vscode.l10n.t('Tools for assistants are switched off (policyText.agents.enabled).');
        return Promise.resolve(result(refusal));
      },
    });
    if (tool) registered.push(tool);
  }
  const provider = mcpProvider(context, settings);
  if (provider && lm?.registerMcpServerDefinitionProvider) {
    registered.push(lm.registerMcpServerDefinitionProvider(PROVIDER, provider));
  }
  return vscode.Disposable.from(...registered);
}

/** Whether assistants may use the tools at all. */
function isEnabled(settings: ClientSettings): boolean {
  return vscode.workspace.isTrusted && settings.get('agents.enabled');
}

async function invoke(
  server: Server,
  name: string,
  input: ToolInput,
  token: vscode.CancellationToken,
): Promise<object> {
  const document = input.path === undefined ? undefined : await open(input.path);
  if (input.path !== undefined && !document) {
    return result(vscode.l10n.t('“{0}” is not a text file in a folder of this workspace.', input.path));
  }
  const { path: _, ...rest } = input;
  await server.start();
  const answer = await server.ask(
    RUN_TOOL_REQUEST,
    {
      name,
      input: document ? { ...rest, text: document.getText() } : rest,
      ...(document && { uri: document.uri.toString(), markdown: document.languageId === 'markdown' }),
    },
    token,
  );
  if (!answer) return result(vscode.l10n.t('The language server does not answer.'));
  return result('answer' in answer ? JSON.stringify(answer.answer) : answer.refused);
}

/**
 * The document at `path`, if it is a text of the workspace: assistants can read nothing else through this extension.
 */
async function open(path: string): Promise<vscode.TextDocument | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isAbsolute = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
  for (const { uri } of folders) {
    const file = isAbsolute ? vscode.Uri.file(path) : vscode.Uri.joinPath(uri, path);
    if (!vscode.workspace.getWorkspaceFolder(file)) continue;
    try {
      return await vscode.workspace.openTextDocument(file);
    } catch {
      // Missing, or not a text.
    }
  }
  return undefined;
}

function result(text: string): object {
  const { LanguageModelToolResult, LanguageModelTextPart } = vscode as unknown as NewerApi;
  if (!LanguageModelToolResult || !LanguageModelTextPart) throw new Error('This editor has no language model tools');
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

/** The MCP server for agent mode; none in a browser, where no process can be started. */
function mcpProvider(context: vscode.ExtensionContext, settings: ClientSettings): object | undefined {
  const { McpStdioServerDefinition } = vscode as unknown as NewerApi;
  if (!McpStdioServerDefinition || context.extensionUri.scheme !== 'file') return undefined;
  const changed = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.affects(event, 'agents')) changed.fire();
    }),
  );
  return {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      if (!isEnabled(settings)) return [];
      const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
      const { version } = context.extension.packageJSON;
      return [
        new McpStdioServerDefinition(
          'Policy Text 笔杆',
          process.execPath,
          [
            context.asAbsolutePath('dist/cli.js'),
            'mcp',
            // The setting promises that nothing is written; the editor has its own commands for Word.
            '--read-only',
            '--lang',
            vscode.env.language,
            ...folders.map(({ uri }) => uri.fsPath),
          ],
          { ELECTRON_RUN_AS_NODE: '1' },
          version,
        ),
      ];
    },
  };
}
