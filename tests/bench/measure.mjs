// A clock, small statistics, and how figures are written.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function median(values) {
  return quantile(values, 0.5);
}

/** True where the system tells how long a process has run on a processor. */
export const KNOWS_PROCESSOR_TIME = fs.existsSync('/proc/self/schedstat');

/**
 * A clock for what passes between `server` and this process, in milliseconds. Where the system tells, it counts how long the
 * two ran and not what else the machine did meanwhile: one waits for the other, so on an idle machine that is how long it
 * took. Elsewhere it is the time of day. Without a server, for one that is about to be started.
 */
export function clock(server) {
  if (!KNOWS_PROCESSOR_TIME) return performance.now();
  const { user, system } = process.cpuUsage();
  return (server?.processorTime() ?? 0) + (user + system) / 1000;
}

/** By which power the cost grows with the size, from one measured point to another: 1 is in step. */
export function exponent(from, to) {
  return Math.log(to.cost / from.cost) / Math.log(to.size / from.size);
}

export function ms(value) {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
