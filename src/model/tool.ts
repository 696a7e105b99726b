import { createRequire } from 'node:module';

const { name, version } = createRequire(import.meta.url)('underwatch/package.json') as {
  readonly name: string;
  readonly version: string;
};

/** The name and version of this tool, as its reports and attack files have them. */
export const tool: { readonly name: string; readonly version: string } = { name, version };
