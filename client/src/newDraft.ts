/**
 * *New Policy Draft…*: opens an untitled draft with the skeleton of a kind of document, its gaps to be filled with Tab.
 */
import * as vscode from 'vscode';
import type { ClientSettings } from './settings';
import type { SkeletonGaps } from './skeletonGaps';
import { readTemplate } from './template';

/** An entry of snippets/policytext.json, as VS Code defines it. */
interface Snippet {
  readonly isFileTemplate?: boolean;
  readonly description?: string;
  readonly body: string | readonly string[];
}

/** Registers the command. The skeletons are the snippets that fill a whole file. */
export function registerNewDraft(
  context: vscode.ExtensionContext,
  gaps: SkeletonGaps,
  settings: ClientSettings,
): vscode.Disposable {
  return vscode.commands.registerCommand('policyText.newDraft', async (kind?: unknown) => {
    const shipped = await readSkeletons(vscode.Uri.joinPath(context.extensionUri, 'snippets', 'policytext.json'));
    const skeletons = [...(await readTemplates(settings)), ...shipped];
    const chosen = skeletons.find(({ label }) => label === kind) ?? (await choose(skeletons));
    if (!chosen) return;
    const document = await vscode.workspace.openTextDocument({ language: 'policytext' });
    const editor = await vscode.window.showTextDocument(document);
    await editor.insertSnippet(new vscode.SnippetString(chosen.body));
    gaps.watch(document);
  });
}

interface Skeleton extends vscode.QuickPickItem {
  readonly body: string;
}

async function readSkeletons(file: vscode.Uri): Promise<Skeleton[]> {
  const bytes = await vscode.workspace.fs.readFile(file);
  const snippets = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Snippet>;
  return Object.entries(snippets)
    .filter(([, { isFileTemplate }]) => isFileTemplate === true)
    .map(([label, { description, body }]) => ({
      label,
      ...(description !== undefined && { description: inWordsOf(description, vscode.env.language) }),
      body: typeof body === 'string' ? body : body.join('\n'),
    }));
}

/** The writer's own templates, in order of folders and names; a missing folder has none. */
async function readTemplates(settings: ClientSettings): Promise<Skeleton[]> {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  const found: Skeleton[] = [];
  for (const path of settings.get('templates.folders', workspace?.uri)) {
    const isAbsolute = /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
    if (!isAbsolute && !workspace) continue;
    const folder = isAbsolute || !workspace ? vscode.Uri.file(path) : vscode.Uri.joinPath(workspace.uri, path);
    let entries: [string, vscode.FileType][] = [];
    try {
      entries = await vscode.workspace.fs.readDirectory(folder);
    } catch {
      continue;
    }
    for (const [name, type] of entries.sort(([one], [other]) => one.localeCompare(other, 'zh'))) {
      if (!(type & vscode.FileType.File) || !/\.(?:txt|md|markdown|gongwen|policytext)$/i.test(name)) continue;
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
      const { label, description, body } = readTemplate(name, new TextDecoder().decode(bytes));
      found.push({ label, description: description || vscode.l10n.t('One of your own'), body });
    }
  }
  return found;
}

/**
 * A description is in Chinese, followed by the English name after a dot; returns the part for the interface language.
 * The Chinese name is the label.
 */
function inWordsOf(description: string, language: string): string {
  const [chinese = description, english = description] = description.split(' · ');
  return language.startsWith('zh') ? chinese.replace(/^[^：]{2,6}：/, '') : english;
}

function choose(skeletons: readonly Skeleton[]): Thenable<Skeleton | undefined> {
  return vscode.window.showQuickPick(skeletons, {
    title: vscode.l10n.t('New Policy Draft'),
    placeHolder: vscode.l10n.t('Which kind of document? Its gaps are marked 〔待补〕; Tab goes to the next one.'),
    matchOnDescription: true,
  });
}
