import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: { include: ['cached/claims.ts'], reporters: ['underwatch/reporter'] },
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;
