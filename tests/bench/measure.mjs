// A clock, simple statistics, and number formatting.
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

/** Whether the system provides the processor time of a process. */
export const KNOWS_PROCESSOR_TIME = fs.existsSync('/proc/self/schedstat');

/**
 * A clock for exchanges between `server` and this process, in milliseconds. If the system provides it, the sum of the
 * processor time of both, which excludes other load on the machine: as one waits for the other, that is the elapsed
 * time on an idle machine. Otherwise wall time. Without a server, for one that is about to be started.
 */
export function clock(server) {
  if (!KNOWS_PROCESSOR_TIME) return performance.now();
  const { user, system } = process.cpuUsage();
  return (server?.processorTime() ?? 0) + (user + system) / 1000;
}

/** The exponent by which the cost grows with the size, from one measured point to another: 1 is linear. */
export function exponent(from, to) {
  return Math.log(to.cost / from.cost) / Math.log(to.size / from.size);
}

export function ms(value) {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
