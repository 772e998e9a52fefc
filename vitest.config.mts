import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'protocol',
          include: ['tests/protocol/**/*.test.ts'],
          globalSetup: 'tests/protocol/setup.ts',
          testTimeout: 30_000,
        },
      },
    ],
  },
});
