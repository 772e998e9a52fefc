/** Maximum length of a draft and its sections, in characters and in minutes of speech. */
import { AMOUNT } from '../../server/src/lsp/settingsTable';
import { type OutlineNode, titleOf } from './outlineTree';

/** Maximum lengths; 0 if there is no such goal. */
export interface Goal {
  readonly characters: number;
  readonly minutes: number;
}

/** The goals for one draft. */
export interface Goals extends Goal {
  /** Reading speed in characters per minute. */
  readonly rate: number;
  /** By the title of a section, without its number. */
  readonly sections: ReadonlyMap<string, Goal>;
}

/** Parses the goal of one section: 800, "800字" or "5分钟". Undefined for anything else. */
export function readGoal(value: unknown): Goal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = AMOUNT.exec(String(value).trim());
  if (!match) return undefined;
  const amount = Number(match[1]);
  return /^(?:分|min)/i.test(match[2] ?? '') ? { characters: 0, minutes: amount } : { characters: amount, minutes: 0 };
}

/** Parses the setting for section goals: titles and amounts. Values that cannot be parsed are in `unread`. */
export function readSectionGoals(value: unknown): { readonly sections: Map<string, Goal>; readonly unread: string[] } {
  const sections = new Map<string, Goal>();
  const unread: string[] = [];
  for (const [title, amount] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
    const goal = readGoal(amount);
    if (goal) sections.set(titleOf(title.trim()), goal);
    else unread.push(title);
  }
  return { sections, unread };
}

/** The goal of the section called `name`, given with or without its number. */
export function goalOf({ sections }: Goals, name: string): Goal | undefined {
  return sections.get(titleOf(name.trim()));
}

/** How far a text of `characters` exceeds a goal; 0 if it does not. */
export function excess(characters: number, goal: Goal, rate: number): Goal {
  const over = (most: number) => (most > 0 ? Math.max(0, characters - most) : 0);
  return { characters: over(goal.characters), minutes: over(goal.minutes * rate) / rate };
}

/** Minutes for display: with one decimal below ten. */
export function roundedMinutes(minutes: number): string {
  return minutes < 10 ? String(Math.round(minutes * 10) / 10) : String(Math.round(minutes));
}

/** The number of characters of a row's section, parsed from its detail. */
export function charactersOf({ detail }: Pick<OutlineNode, 'detail'>): number {
  return Number((/\d[\d,]*/.exec(detail)?.[0] ?? '0').replaceAll(',', ''));
}
