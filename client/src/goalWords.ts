/** Goals: their wording, and reading them from the settings. */
import * as vscode from 'vscode';
import { excess, type Goal, type Goals, roundedMinutes } from './goals';
import type { ClientSettings } from './settings';

/** The goals in the settings for the draft at `uri`. */
export function goalsFor(settings: ClientSettings, uri: vscode.Uri): Goals {
  return {
    rate: settings.get('speech.charactersPerMinute', uri),
    characters: settings.get('goals.characters', uri),
    minutes: settings.get('goals.minutes', uri),
    sections: settings.sectionGoals(uri),
  };
}

/** Messages saying how far a text of `characters` exceeds a goal; empty if it does not. */
export function overGoal(characters: number, goal: Goal, rate: number): string[] {
  const over = excess(characters, goal, rate);
  return [
    ...(over.characters > 0 ? [vscode.l10n.t('{0} chars over', over.characters.toLocaleString('en-US'))] : []),
    ...(over.minutes > 0 ? [vscode.l10n.t('{0} min over', roundedMinutes(over.minutes))] : []),
  ];
}
