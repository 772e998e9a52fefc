/**
 * *Choose Which Rules Apply…*: the rules in the writer's language, each with its current severity, to be changed one by
 * one.
 */
import * as vscode from 'vscode';
import { SEVERITY_SETTINGS, type Severity } from '../../server/src/rules/severity';
import type { ClientSettings } from './settings';

interface RuleItem extends vscode.QuickPickItem {
  readonly id: string;
  readonly standard: string;
}

export function registerRules(context: vscode.ExtensionContext, settings: ClientSettings): vscode.Disposable {
  return vscode.commands.registerCommand('policyText.configureRules', async () => {
    const described = describedRules(context.extension.packageJSON);
    let last: string | undefined;
    // The list is shown again after each choice, until the writer dismisses it.
    for (;;) {
      const rule = await pickRule(described, settings.rules(), last);
      if (!rule) return;
      const level = await pickLevel(rule);
      if (level) await settings.setShared('rules', withLevel(settings.rules(), rule.id, level));
      last = rule.id;
    }
  });
}

interface DescribedRule {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly standard: string;
}

/** The rule descriptions of the manifest, Chinese first and then English, in the interface language. */
function describedRules(manifest: {
  contributes?: { configuration?: { properties?: Record<string, unknown> }[] };
}): DescribedRule[] {
  const groups = manifest.contributes?.configuration ?? [];
  const setting = groups.map(({ properties }) => properties?.['policyText.rules']).find((found) => found !== undefined);
  const rules = (setting as { properties?: Record<string, { markdownDescription?: string }> } | undefined)?.properties;
  const part = vscode.env.language.startsWith('zh') ? 0 : 1;
  return Object.entries(rules ?? {}).map(([id, { markdownDescription: text = '' }]) => {
    const words = text.split('\n\n')[part] ?? text;
    const [, title = id, reason = ''] = /^\*\*([^*]+)\*\*[：:]\s?(.*)$/s.exec(words) ?? [];
    const standard = /`(\w+)`[）)]?$/.exec(words)?.[1] ?? '';
    return { id, title, reason: reason.replace(/[（(][^（()）]*`\w+`[）)]$/, '').trim(), standard };
  });
}

function pickRule(
  rules: readonly DescribedRule[],
  set: Readonly<Record<string, unknown>>,
  last: string | undefined,
): Promise<RuleItem | undefined> {
  const items = rules.map(({ id, title, reason, standard }): RuleItem => {
    const own = levelOf(set[id]) ?? levelOf(set[id.split('.')[0] as string]);
    const level = own === undefined ? vscode.l10n.t('{0} (default)', levelName(standard)) : levelName(own);
    return { id, standard, label: title, description: `${level} · ${id}`, detail: reason };
  });
  const picker = vscode.window.createQuickPick<RuleItem>();
  picker.title = vscode.l10n.t('Rules');
  picker.placeholder = vscode.l10n.t('Choose a rule to change its severity');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  picker.activeItems = items.filter(({ id }) => id === last);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.activeItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

async function pickLevel(rule: RuleItem): Promise<Severity | 'default' | undefined> {
  const items = [
    { label: vscode.l10n.t('{0} (default)', levelName(rule.standard)), level: 'default' as const },
    ...SEVERITY_SETTINGS.map((level) => ({ label: levelName(level), level })),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: rule.label, placeHolder: rule.detail ?? '' });
  return chosen?.level;
}

/** `rules` with the rule `id` at `level`, keeping its options. */
function withLevel(rules: Readonly<Record<string, unknown>>, id: string, level: Severity | 'default'): object {
  const { [id]: before, ...others } = rules;
  const options = typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : undefined;
  if (level === 'default') {
    const { severity: _, ...rest } = options ?? {};
    return Object.keys(rest).length > 0 ? { ...others, [id]: rest } : others;
  }
  return { ...others, [id]: options ? { ...options, severity: level } : level };
}

function levelOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const severity = typeof value === 'object' && value !== null ? (value as { severity?: unknown }).severity : undefined;
  return typeof severity === 'string' ? severity : undefined;
}

function levelName(level: string): string {
  switch (level) {
    case 'error':
      return vscode.l10n.t('Error');
    case 'warning':
      return vscode.l10n.t('Warning');
    case 'information':
      return vscode.l10n.t('Information');
    case 'hint':
      return vscode.l10n.t('Hint');
    case 'off':
      return vscode.l10n.t('Off');
    default:
      return level;
  }
}
