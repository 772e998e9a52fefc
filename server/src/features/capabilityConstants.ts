/** Names that a server declares at initialization, separate from their features, which load later. */
import { CodeActionKind, type SemanticTokensLegend } from 'vscode-languageserver-types';

/** `source.fixAll` of this server alone, for `editor.codeActionsOnSave`. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.policyText`;

/** The only token type; package.json gives it its colour. */
export const SEMANTIC_TOKENS_LEGEND: SemanticTokensLegend = { tokenTypes: ['slogan'], tokenModifiers: [] };
