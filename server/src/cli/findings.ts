/** The findings of a lint run in one draft, and the severities as the command line names them. */

import type { LintResult } from '../rules/lint';
import type { ShownSeverity } from '../rules/severity';
import type { Analysis } from '../structure/analysis';
import type { Message } from '../text/message';
import type { LoadedDraft } from './drafts';

export interface DraftFindings {
  readonly draft: LoadedDraft;
  readonly analysis: Analysis;
  readonly findings: readonly LintResult[];
}

export const SEVERITY_NAMES: Readonly<Record<ShownSeverity, Message>> = {
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  information: { en: 'info', zh: '信息' },
  hint: { en: 'hint', zh: '提示' },
};
