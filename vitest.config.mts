import { defineConfig } from 'vitest/config';

// Its ES modules, which bundlers can follow, are not marked as such for Node.
const server = { deps: { inline: ['jsonc-parser'] } };
const setupFiles = ['tests/seed.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], setupFiles, testTimeout: 120_000, server } },
      {
        test: {
          name: 'protocol',
          include: ['tests/protocol/**/*.test.ts'],
          globalSetup: 'tests/protocol/setup.ts',
          setupFiles,
          testTimeout: 120_000,
          server,
        },
      },
    ],
  },
});
