/** All commands, in the order of the help page. A new one is one file in this folder and one line here. */
import { cleanCommand } from './clean';
import type { Command } from './command';
import { compareCommand } from './compare';
import { exportCommand } from './export';
import { factsCommand } from './facts';
import { fixCommand } from './fix';
import { learnCommand } from './learn';
import { lintCommand } from './lint';
import { mcpCommand } from './mcp';
import { outlineCommand } from './outline';
import { phrasesCommand } from './phrases';
import { renumberCommand } from './renumber';
import { reviewCommand } from './review';
import { textCommand } from './text';

export const commands: readonly Command[] = [
  textCommand,
  exportCommand,
  reviewCommand,
  outlineCommand,
  lintCommand,
  fixCommand,
  renumberCommand,
  cleanCommand,
  learnCommand,
  phrasesCommand,
  factsCommand,
  compareCommand,
  mcpCommand,
];
