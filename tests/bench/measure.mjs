// Small statistics, and how figures are written.

export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function median(values) {
  return quantile(values, 0.5);
}

/** By which power the cost grows with the size, from one measured point to another: 1 is in step. */
export function exponent(from, to) {
  return Math.log(to.cost / from.cost) / Math.log(to.size / from.size);
}

export function ms(value) {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
