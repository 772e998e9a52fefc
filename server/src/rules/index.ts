/** Every rule there is, in the order in which findings at one place are reported. */
import type { Rule } from './rule';

export const rules: readonly Rule[] = [];
