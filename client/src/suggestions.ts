/**
 * The list of suggestions as the writer asks for it, and where it stays closed. The server opens a list by itself only where
 * it is likely right; an editor's request does not say whether the writer asked, so the command says it.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import type { Server } from './server';
import type { SkeletonGaps } from './skeletonGaps';

/** The editor asks within this time after the command, in milliseconds. */
const ASKED_MS = 2_000;

export class Suggestions implements vscode.Disposable {
  private readonly command: vscode.Disposable;
  private askedAt = 0;
  /** The document in which a list is open that was asked for: it stays one while it is typed on. */
  private open: vscode.TextDocument | undefined;

  readonly middleware: Pick<Middleware, 'provideCompletionItem' | 'provideInlineCompletionItems'> = {
    provideCompletionItem: async (document, position, context, token, next) => {
      const now = Date.now();
      const goesOn = context.triggerKind === vscode.CompletionTriggerKind.TriggerForIncompleteCompletions;
      const asked = now - this.askedAt <= ASKED_MS || (goesOn && this.open === document);
      this.askedAt = 0;
      this.open = asked ? document : undefined;
      if (asked) return this.server().suggestions(document, position, context, token);
      return this.gaps.isIn(document, position) ? undefined : next(document, position, context, token);
    },
    provideInlineCompletionItems: (document, position, context, token, next) =>
      this.gaps.isIn(document, position) ? undefined : next(document, position, context, token),
  };

  constructor(
    private readonly server: () => Server,
    private readonly gaps: SkeletonGaps,
  ) {
    this.command = vscode.commands.registerCommand('policyText.suggest', async () => {
      this.askedAt = Date.now();
      // Opened as one that opens by itself: no item is chosen, and Enter begins a line.
      await vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
    });
  }

  dispose(): void {
    this.command.dispose();
  }
}
