/** Quick fixes: for one finding, for all of its kind, or for everything with exactly one safe fix. */

import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver-types';
import type { Lexicon } from '../lexicon/model/lexicon';
import { renumberingAt, structuralFixes } from '../refactor/structuralFixes';
import { addIgnore, switchOff } from '../rules/configurationFile';
import { certainFixOf, collectEdits, fixAllEdits } from '../rules/fixes';
import { ignoreEntry } from '../rules/ignoring';
import type { LintConfiguration, LintResult } from '../rules/lint';
import type { Analysis } from '../structure/analysis';
import { headingAt } from '../structure/sections';
import { splitLines } from '../text/lines';
import { type Locale, localise, type Message } from '../text/message';
import type { Span } from '../text/span';
import type { TextReplacement } from '../text/textEdit';
import { FIX_ALL_KIND, FIX_MISSPELLINGS_KIND } from './capabilityConstants';
import { type EditTarget, workspaceEdit } from './edits';
import { Locator } from './locate';

export interface CodeActionRequest {
  /** The requested range, in offsets. */
  readonly span: Span;
  /** Requested kinds; all but those of the whole source if absent. */
  readonly only: readonly string[] | undefined;
  readonly locale: Locale;
  readonly target: EditTarget;
  /** The lexicon that the findings about slogans were made with. */
  readonly lexicon?: Lexicon | undefined;
  readonly ignoring: IgnoreTarget | undefined;
  /** Whether the client has the command that adds words to the writer's lexicon. */
  readonly addsWords?: boolean;
}

/** The extension's command that adds words to the lexicon. */
const ADD_TO_LEXICON = 'policyText.addToLexicon';
/** The extension's command that reports the number of fixes of *Fix All*. */
const FIXES_MADE_COMMAND = 'policyText.fixesMade';

/** The configuration file in which findings can be ignored. */
export interface IgnoreTarget {
  readonly uri: string;
  readonly text: string;
  /** False if it has yet to be created. */
  readonly exists: boolean;
  /** The path of the document as written in the file. */
  readonly path: string;
}

/**
 * The code actions at `span`. `results` are the findings of `analysis` under `configuration`, `diagnostics` the same as
 * the client has them. Fixes that may change meaning are offered one by one and are not part of fixing all.
 */
export function codeActions(
  analysis: Analysis,
  results: readonly LintResult[],
  diagnostics: readonly Diagnostic[],
  configuration: LintConfiguration,
  request: CodeActionRequest,
): CodeAction[] {
  const { only } = request;
  const wants = (kind: string): boolean =>
    !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
  const offer = new ActionOffer(analysis, results, configuration, request);
  // Actions on the whole text only on explicit request: they do not belong in the light bulb of one line.
  return [
    ...(wants(CodeActionKind.QuickFix) ? offer.quickFixes(diagnostics) : []),
    ...(only && wants(FIX_ALL_KIND) ? offer.fixAll() : []),
    ...(only && wants(FIX_MISSPELLINGS_KIND) ? offer.fixMisspellings() : []),
  ];
}

/** A finding at the requested place, with the diagnostic that the client has for it. */
interface FindingHere {
  readonly result: LintResult;
  readonly about: Pick<CodeAction, 'diagnostics'>;
}

/** Makes the code actions of one request. */
class ActionOffer {
  constructor(
    private readonly analysis: Analysis,
    private readonly results: readonly LintResult[],
    private readonly configuration: LintConfiguration,
    private readonly request: CodeActionRequest,
  ) {}

  quickFixes(diagnostics: readonly Diagnostic[]): CodeAction[] {
    const { addsWords, ignoring, span } = this.request;
    const here = this.results.flatMap((result, index): FindingHere[] => {
      if (!touches(result, span)) return [];
      return [{ result, about: diagnostics[index] ? { diagnostics: [diagnostics[index]] } : {} }];
    });
    const fixes = here.flatMap((finding) => this.fixesOf(finding, here.length <= MAX_LISTED));
    return [
      ...fixes,
      ...this.renumbering(fixes),
      ...this.fixesOfSameRule(here),
      ...(addsWords ? here.flatMap((finding) => this.addWords(finding)) : []),
      ...(ignoring && here.length <= MAX_LISTED ? this.ignore(here, ignoring) : []),
    ];
  }

  fixAll(): CodeAction[] {
    const { lexicon } = this.request;
    const { edits, applied } = fixAllEdits(this.analysis, { configuration: this.configuration, lexicon });
    return this.wholeText(FIX_ALL, FIX_ALL_KIND, edits, applied);
  }

  /** Corrects the misspellings that are certain, as they are reported. */
  fixMisspellings(): CodeAction[] {
    const { edits, fixes } = collectEdits(this.results.filter(isMisspelling), certainFixOf);
    const title = { ...FIX_MISSPELLINGS, values: [fixes] };
    return this.wholeText(title, FIX_MISSPELLINGS_KIND, edits.replacements, fixes);
  }

  /** An action of `kind` that reports the number of fixes, if there are any. */
  private wholeText(title: Message, kind: string, edits: readonly TextReplacement[], applied: number): CodeAction[] {
    const { addsWords } = this.request;
    if (edits.length === 0) return [];
    const action = this.action(title, kind, edits);
    // A client with one of the two commands has the other.
    const notify = { title: action.title, command: FIXES_MADE_COMMAND, arguments: [applied] };
    return [addsWords ? { ...action, command: notify } : action];
  }

  private action(title: Message, kind: string, edits: readonly TextReplacement[]): CodeAction {
    const { locale, target } = this.request;
    return { title: localise(title, locale), kind, edit: workspaceEdit(this.analysis, edits, target) };
  }

  private fixesOf({ result, about }: FindingHere, structural: boolean): CodeAction[] {
    const own = result.fixes ?? [];
    const further = structural ? structuralFixes(this.analysis, result) : [];
    // Text for a gap comes before deleting it.
    const fixes = result.rule.id.startsWith('placeholder.') ? [...further, ...own] : [...own, ...further];
    return fixes
      .filter(({ edits }) => edits.length > 0)
      .map(({ title, edits, preferred }) => ({
        ...this.action(title, CodeActionKind.QuickFix, edits),
        ...about,
        ...(preferred && { isPreferred: true }),
      }));
  }

  /** A number typed before later ones that have it, too, is right itself and has no finding. */
  private renumbering(offered: readonly CodeAction[]): CodeAction[] {
    const { span, locale } = this.request;
    const renumbering = renumberingAt(this.analysis, headingAt(this.analysis, span.start));
    if (!renumbering || offered.some(({ title }) => title === localise(renumbering.title, locale))) return [];
    return [this.action(renumbering.title, CodeActionKind.QuickFix, renumbering.edits)];
  }

  /** All safe fixes of a rule that has several findings in the text; the certain ones if it fixes on request. */
  private fixesOfSameRule(here: readonly FindingHere[]): CodeAction[] {
    const ids = [...new Set(here.map(({ result }) => result.rule.id))];
    return ids.flatMap((id) => {
      const same = this.results.filter(({ rule }) => rule.id === id);
      const { edits: certain, fixes } = collectEdits(same, certainFixOf);
      if (fixes < 2) return [];
      const { lexicon } = this.request;
      const { title: name, fixesOnRequest } = (same[0] as LintResult).rule;
      const edits = fixesOnRequest
        ? certain.replacements
        : fixAllEdits(this.analysis, { configuration: this.configuration, only: [id], lexicon }).edits;
      const title: Message = {
        zh: `全部改正：${name.zh}（{0}处）`,
        en: `Fix all: ${name.en} ({0})`,
        values: [fixes],
      };
      return [this.action(title, CodeActionKind.QuickFix, edits)];
    });
  }

  private addWords({ result, about }: FindingHere): CodeAction[] {
    const words = result.phrase && this.analysis.text.slice(result.phrase.start, result.phrase.end);
    if (!words || /[\r\n]/.test(words)) return [];
    const title = localise({ ...KNOW_WORDS, values: [words] }, this.request.locale);
    const command = { title, command: ADD_TO_LEXICON, arguments: [words] };
    return [{ title, kind: CodeActionKind.QuickFix, command, ...about }];
  }

  private ignore(here: readonly FindingHere[], ignoring: IgnoreTarget): CodeAction[] {
    const actions: CodeAction[] = [];
    const offered = new Set<string>();
    for (const { result, about } of here) {
      for (const action of ignoreActions(this.analysis, result, ignoring, this.request.locale, here.length > 1)) {
        // Actions on a rule are offered once for all its findings here.
        const key = JSON.stringify(action);
        if (offered.has(key)) continue;
        offered.add(key);
        actions.push({ ...action, ...about });
      }
    }
    return actions;
  }
}

/**
 * With more findings than this, as with a whole text selected, only the fixes of the rules are offered: nobody reads a
 * list of hundreds.
 */
const MAX_LISTED = 20;

function isMisspelling({ rule }: LintResult): boolean {
  return rule.id === 'text.misspelling';
}

const FIX_MISSPELLINGS: Message = {
  zh: '改正全部确定的错别字（{0}处）',
  en: 'Correct all misspellings that are certain ({0})',
};
const KNOW_WORDS: Message = { zh: '把“{0}”加入词库，不再提示', en: 'Add “{0}” to the lexicon: it is right' };
const FIX_ALL: Message = {
  zh: '改正全部有唯一稳妥改法的问题',
  en: 'Fix all problems with a single safe fix',
};

/**
 * Actions to ignore this finding, these words everywhere, this rule in this file, or the rule altogether. `named` if
 * the titles must say which finding is meant.
 */
function ignoreActions(
  analysis: Analysis,
  result: LintResult,
  file: IgnoreTarget,
  locale: Locale,
  named: boolean,
): CodeAction[] {
  const { rule } = result;
  const values = [localise(rule.title, locale)];
  const words = analysis.text.slice(result.start, result.end);
  const place = analysis.lines.lineAt(result.start) + 1;
  const thisOne: Message = named
    ? { zh: '忽略第{0}行的“{1}”', en: 'Ignore “{1}” in line {0}', values: [place, oneLine(words)] }
    : { zh: '忽略这一处', en: 'Ignore this one' };
  const choices: [Message, readonly TextReplacement[]][] = [
    [thisOne, addIgnore(file.text, ignoreEntry(analysis, result, file.path))],
    ...(rule.findsNames ? [keepWords(file.text, rule.id, words)] : []),
    [
      { zh: '在本文件中忽略“{0}”', en: 'Ignore “{0}” in this file', values },
      addIgnore(file.text, { rule: rule.id, file: file.path }),
    ],
    [{ zh: '关闭规则“{0}”', en: 'Turn off the rule “{0}”', values }, switchOff(file.text, rule.id)],
  ];
  const locator = new Locator(splitLines(file.text));
  return choices.flatMap(([title, replacements]) => {
    // The file has errors, which are reported in it.
    if (replacements.length === 0) return [];
    const edits = replacements.map((edit) => ({ range: locator.range(edit), newText: edit.newText }));
    const change = { textDocument: { uri: file.uri, version: null }, edits };
    const create = { kind: 'create' as const, uri: file.uri, options: { ignoreIfExists: true } };
    const edit = { documentChanges: file.exists ? [change] : [create, change] };
    return [{ title: localise(title, locale), kind: CodeActionKind.QuickFix, edit }];
  });
}

/** `words` shortened to what a menu shows. */
function oneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > MENU_WIDTH ? `${line.slice(0, MENU_WIDTH)}…` : line;
}

const MENU_WIDTH = 16;

/** Words that the writer keeps are no longer reported anywhere. */
function keepWords(text: string, rule: string, words: string): [Message, readonly TextReplacement[]] {
  const title = { zh: '“{0}”是专名，处处保留', en: 'Keep “{0}” everywhere: it is a name', values: [words] };
  return [title, addIgnore(text, { rule, text: words })];
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
