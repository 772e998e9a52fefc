// docs/scores.md as text, and back.

const HEAD = ['suite', 'cases', 'result', 'measured by', 'version', 'date'];

/** The rows of the page `text`, by suite. */
export function rowsOf(text) {
  const rows = new Map();
  for (const line of text.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== HEAD.length + 2 || cells[1] === HEAD[0] || /^-+:?$/.test(cells[1])) continue;
    const [, suite, cases, result, by, version, date] = cells;
    rows.set(suite, { suite, cases, result, by, version, date });
  }
  return rows;
}

/** The page with `rows`, and with the messages on what was skipped on `date`. */
export function page(rows, skipped, date) {
  const lines = [
    HEAD,
    HEAD.map(() => '---'),
    ...rows.map(({ suite, cases, result, by, version, date: day }) => [suite, cases, result, by, version, day]),
  ];
  return `# Scores

Written by \`npm run scores\`: results of the built product on external test suites and on errors planted by \`tests/benchmark\`.
A row shows the version and the date of its last run.

${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${skipped.length === 0 ? `Nothing was skipped on ${date}.` : `Skipped on ${date}:\n\n${skipped.map((one) => `- ${one}`).join('\n')}`}
`;
}
