/** The rows of the extension's views on the page. */
import * as vscode from 'vscode';

const rowsOf = (view: string) => `.pane:has(> .pane-header[aria-label^="${view}"]) .monaco-list-row`;
export const OUTLINE = rowsOf('Policy Outline');
export const PLACEHOLDERS = rowsOf('Placeholders');
export const SLOGANS = rowsOf('Slogans');
export const FACTS = rowsOf('Facts');

/** Shows one view of the side bar alone, so that all its rows are on the page. */
export async function showOnly(view: 'outline' | 'placeholders' | 'slogans' | 'facts'): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.policyText');
  await vscode.commands.executeCommand(`policyText.${view}.focus`);
}
