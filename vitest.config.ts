import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
    include: ['src/**/*.test.ts', 'models/**/*.test.ts', 'properties/**/*.test.ts'],
    // What a consumer's own test run holds.
    exclude: ['src/testing/consumer/**'],
    testTimeout: 300_000,
    setupFiles: ['./src/testing/seed.ts'],
  },
});

export default config;
