/** Names that a server declares at initialization, separate from their features, which load later. */
import { CodeActionKind, type SemanticTokensLegend } from 'vscode-languageserver-types';

/** `source.fixAll` of this server alone, for `editor.codeActionsOnSave`. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.policyText`;

/**
 * Corrects all misspellings that are certain. Not below {@link FIX_ALL_KIND}: a request for that kind includes all kinds
 * below it, and words are changed only on request.
 */
export const FIX_MISSPELLINGS_KIND = `${CodeActionKind.Source}.fixMisspellings.policyText`;

/** The only token type; package.json gives it its colour. */
export const SEMANTIC_TOKENS_LEGEND: SemanticTokensLegend = { tokenTypes: ['slogan'], tokenModifiers: [] };
