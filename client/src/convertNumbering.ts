/** *Convert Numbering…*: asks for a scheme, or a level and a kind of number. The server converts. */
import * as vscode from 'vscode';
import {
  NUMBER_KIND_NAMES,
  NUMBER_KINDS,
  NUMBERING_SCHEME_NAMES,
  type NumberingScheme,
  schemeSample,
} from '../../server/src/refactor/numberingSchemes';
import { runAt } from './editCommands';
import type { Server } from './server';

/** Levels that can be chosen individually; no scheme has deeper ones. */
const LEVELS = 5;

type Choice = vscode.QuickPickItem & { readonly details?: object };

/** Registers the command. */
export function registerConvertNumbering(server: Server): vscode.Disposable {
  return vscode.commands.registerTextEditorCommand('policyText.convertNumbering', (editor) => void run(server, editor));
}

async function run(server: Server, editor: vscode.TextEditor): Promise<void> {
  const { document, selection } = editor;
  if (!server.serves(document)) return;
  const { version } = document;
  const details = await chosen();
  if (!details) return;
  await server.start();
  await runAt(server, editor, 'convertNumbering', selection.active, version, details);
}

async function chosen(): Promise<object | undefined> {
  const title = vscode.l10n.t('Convert Numbering');
  const schemes: Choice[] = NUMBERING_SCHEME_NAMES.map((scheme) => ({
    label: schemeSample(scheme),
    description: schemeLabel(scheme),
    details: { scheme },
  }));
  const oneLevel: Choice = { label: vscode.l10n.t('Only one level…') };
  const placeHolder = vscode.l10n.t('How should the numbers of the whole text be written?');
  const choice = await vscode.window.showQuickPick([...schemes, oneLevel], { title, placeHolder });
  if (choice !== oneLevel) return choice?.details;

  const levels = Array.from({ length: LEVELS }, (_, index) => ({
    label: vscode.l10n.t('Level {0}', index + 1),
    level: index + 1,
  }));
  const which = vscode.l10n.t('Which level? 1 is the highest.');
  const level = (await vscode.window.showQuickPick(levels, { title, placeHolder: which }))?.level;
  if (level === undefined) return undefined;
  const kinds = NUMBER_KIND_NAMES.map((name) => ({ label: NUMBER_KINDS[name].sample, name }));
  const how = vscode.l10n.t('How should the numbers of this level be written?');
  const kind = (await vscode.window.showQuickPick(kinds, { title, placeHolder: how }))?.name;
  return kind && { kind, level };
}

function schemeLabel(scheme: NumberingScheme): string {
  switch (scheme) {
    case 'official':
      return vscode.l10n.t('official documents, GB/T 9704');
    case 'parts':
      return vscode.l10n.t('parts, for long speeches and reports');
    case 'decimal':
      return vscode.l10n.t('decimal, with a point after the highest level');
    case 'standard':
      return vscode.l10n.t('decimal, as in standards and emergency plans');
    case 'legislation':
      return vscode.l10n.t('chapters and articles');
  }
}
