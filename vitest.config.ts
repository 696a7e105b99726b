import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const ROOMS = ['src', 'models', 'properties'] as const;

// What a consumer's own test run holds.
const OF_CONSUMERS = 'src/testing/consumer/**';

// The package's own name resolves to its sources, so that tests need no build.
const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^underwatch\/(model|vitest)$/, replacement: at('./src/$1/index.ts') },
      { find: /^underwatch\/(models|properties)$/, replacement: at('./$1/index.ts') },
      { find: /^underwatch$/, replacement: at('./src/index.ts') },
    ],
  },
  test: {
    testTimeout: 300_000,
    setupFiles: ['./src/testing/seed.ts'],
    // By itself the runner leaves one of two cores idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'short',
          include: ROOMS.map((room) => `${room}/**/*.test.ts`),
          exclude: ['**/*.long.test.ts', OF_CONSUMERS],
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ROOMS.map((room) => `${room}/**/*.long.test.ts`),
          exclude: [OF_CONSUMERS],
        },
      },
    ],
  },
});

export default config;
