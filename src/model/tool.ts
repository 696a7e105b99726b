import { createRequire } from 'node:module';

const { name, version } = createRequire(import.meta.url)('underwatch/package.json') as {
  readonly name: string;
  readonly version: string;
};

/** This tool, as its reports and attack files name it. */
export const tool: { readonly name: string; readonly version: string } = { name, version };
