/**
 * Requesting suggestions explicitly, and where the list stays closed. The server opens a list unasked only if it is
 * likely right; an editor's request does not say whether the writer asked, so the command records it.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import type { Server } from './server';
import type { SkeletonGaps } from './skeletonGaps';

/** The editor sends its request within this time after the command, in ms. */
const ASKED_MS = 2_000;

export class Suggestions implements vscode.Disposable {
  private readonly command: vscode.Disposable;
  private askedAt = 0;
  /** The document with an open list that was explicitly requested: it counts as requested while it is typed into. */
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
      // Opened like an automatic list: no item is selected, and Enter starts a new line.
      await vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
    });
  }

  dispose(): void {
    this.command.dispose();
  }
}
