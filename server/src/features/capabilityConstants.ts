/** Names that a server tells of before it does anything, apart from the features that they belong to, which load later. */
import { CodeActionKind, type SemanticTokensLegend } from 'vscode-languageserver-types';

/** `source.fixAll` of this server alone, for `editor.codeActionsOnSave`. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.policyText`;

/** The one type of token there is; package.json gives it its colour. */
export const SEMANTIC_TOKENS_LEGEND: SemanticTokensLegend = { tokenTypes: ['slogan'], tokenModifiers: [] };
