/** Requests that change a document: code actions and commands. */

import {
  type CancellationToken,
  type CodeAction,
  type Connection,
  ErrorCodes,
  type ExecuteCommandParams,
  MessageType,
  type Position,
  type Range,
  ResponseError,
  ShowMessageNotification,
  type TextEdit,
} from 'vscode-languageserver';
import { codeActions, type IgnoreTarget } from '../features/codeActions';
import { continueNumbering } from '../features/continueNumbering';
import { type EditTarget, textEdits, workspaceEdit } from '../features/edits';
import type { EditCommandName } from '../refactor/editCommandNames';
import { EDIT_COMMANDS } from '../refactor/editCommands';
import { uncertainMessage } from '../refactor/uncertainReferences';
import { CONFIGURATION_FILE } from '../rules/configurationFileName';
import { offsetOf } from '../structure/offsetOf';
import { positionAt, splitLines } from '../text/lines';
import { type Locale, localise, type Message } from '../text/message';
import { applyEdits } from '../text/textEdit';
import type { ClientAbilities } from './capabilities';
import type { Configuration } from './configuration';
import { type ConfigurationFiles, folderOf, relativePath } from './configurationFiles';
import type { Diagnostics } from './diagnostics';
import type { Draft, Drafts } from './documents';
import { EDIT_COMMAND_PREFIX, type EditCommandParams, type EditCommandResult } from './protocol';
import { cancelled, pause } from './requests';

const NOT_OPEN: Message = { zh: '这篇文稿没有打开。', en: 'This draft is not open.' };
const CHANGED: Message = {
  zh: '文稿在此期间又改动了，为免改错，这次没有动它。请再执行一次。',
  en: 'Not changed: the text was modified in the meantime. Please run the command again.',
};
const CANNOT_EDIT: Message = {
  zh: '这个编辑器不接受语言服务器的修改。',
  en: 'This editor does not support edits by a language server.',
};

/** Server parts that editing needs. */
export interface EditingParts {
  readonly connection: Connection;
  readonly drafts: Drafts;
  readonly configuration: Configuration;
  readonly configurationFiles: ConfigurationFiles;
  readonly reports: Diagnostics;
  readonly abilities: ClientAbilities;
  readonly locale: Locale;
  /** Whether the client has the command that adds words to the lexicon. */
  readonly addsWords: boolean;
}

export class Editing {
  /** Workspace folders, as URIs: a new configuration file is created in the one that contains the document. */
  folders: readonly string[] = [];

  constructor(private readonly parts: EditingParts) {}

  /** Answers `textDocument/codeAction`. A client that does not support edits in an action gets none. */
  async codeActions(
    uri: string,
    range: Range,
    only: readonly string[] | undefined,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    if (!this.parts.abilities.codeActions) return [];
    await pause();
    if (token.isCancellationRequested) throw cancelled();
    const findings = await this.parts.reports.findings(uri, token);
    if (!findings) return [];
    const { draft, results, items, settings, lexicon } = findings;
    const { analysis } = draft;
    const ends = [offsetOf(analysis, range?.start), offsetOf(analysis, range?.end)];
    return codeActions(analysis, results, items, settings, {
      span: { start: Math.min(...ends), end: Math.max(...ends) },
      only: Array.isArray(only) ? only : undefined,
      locale: this.parts.locale,
      target: this.target(draft),
      lexicon,
      ignoring: await this.ignoring(uri),
      addsWords: this.parts.addsWords,
    });
  }

  /** The file in which findings of `uri` can be ignored; undefined if the client cannot be asked to edit it. */
  private async ignoring(uri: string): Promise<IgnoreTarget | undefined> {
    const { documentChanges, createsFiles } = this.parts.abilities;
    const folder = folderOf(uri);
    if (!documentChanges || folder === undefined) return undefined;
    const nearest = await this.parts.configurationFiles.for(uri);
    if (nearest) return { ...nearest, exists: true, path: relativePath(nearest.uri, uri) };
    if (!createsFiles) return undefined;
    const root = this.folders.map((one) => one.replace(/\/?$/, '/')).find((one) => uri.startsWith(one)) ?? folder;
    const file = root + CONFIGURATION_FILE;
    return { uri: file, text: '', exists: false, path: relativePath(file, uri) };
  }

  /** Answers `textDocument/onTypeFormatting` after Enter, which has moved the caret to `position`. */
  async afterEnter(uri: string, position: Position): Promise<TextEdit[]> {
    const { continueNumbering: wanted } = await this.parts.configuration.for(uri);
    const draft = this.parts.drafts.get(uri);
    if (!wanted || !draft?.isChineseProse) return [];
    const { analysis } = draft;
    const line = analysis.lines.lineAt(offsetOf(analysis, position));
    return textEdits(analysis, continueNumbering(analysis, line));
  }

  /**
   * Answers `workspace/executeCommand`: asks the client to apply the edits of the command in one undo step. Nothing is
   * edited if the text is not, or no longer, the one the command was meant for.
   */
  async execute(
    { command, arguments: given }: ExecuteCommandParams,
    token: CancellationToken,
  ): Promise<EditCommandResult> {
    const name = command.startsWith(EDIT_COMMAND_PREFIX) ? command.slice(EDIT_COMMAND_PREFIX.length) : '';
    const run = Object.hasOwn(EDIT_COMMANDS, name) ? EDIT_COMMANDS[name as EditCommandName] : undefined;
    const params = given?.[0] as EditCommandParams | undefined;
    if (!run || typeof params?.uri !== 'string') {
      throw new ResponseError(ErrorCodes.InvalidParams, `${command} is no command of this server, or has no uri`);
    }
    await pause();
    if (token.isCancellationRequested) throw cancelled();
    const draft = this.parts.drafts.get(params.uri);
    if (!draft) return this.refuse(NOT_OPEN);
    if (typeof params.version === 'number' && params.version !== draft.version) return this.refuse(CHANGED);
    const { analysis } = draft;
    const target = this.target(draft);
    const outcome = run(analysis, offsetOf(analysis, params.position), params.details);
    if ('message' in outcome) return this.refuse(outcome.message);
    if (!this.parts.abilities.applyEdit) return this.refuse(CANNOT_EDIT);
    // Cancelled while it was computed: then nothing is edited.
    await pause();
    if (token.isCancellationRequested) throw cancelled();
    const uncertain = uncertainMessage(analysis, outcome.uncertain ?? []);
    if (uncertain) this.showMessage(uncertain);
    const { applied } = await this.parts.connection.workspace.applyEdit(workspaceEdit(analysis, outcome.edits, target));
    if (!applied) return this.refuse(CHANGED);
    if (outcome.note) this.showMessage(outcome.note);
    const { caret, extracted, edits } = outcome;
    return {
      ...(caret !== undefined && { caret: positionAt(splitLines(applyEdits(analysis.text, edits)), caret) }),
      ...(extracted !== undefined && { extracted }),
    };
  }

  /** Shows the writer why nothing was done. */
  private refuse(message: Message): null {
    this.showMessage(message);
    return null;
  }

  private showMessage(message: Message): void {
    // The connection's own helper is a request that waits for an answer; this is a notification.
    void this.parts.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: localise(message, this.parts.locale),
    });
  }

  private target({ uri, version }: Draft): EditTarget {
    return { uri, version, documentChanges: this.parts.abilities.documentChanges };
  }
}
