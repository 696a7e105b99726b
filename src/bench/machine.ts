import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Results } from './results.ts';
import { quintTool } from './contenders/walkers.ts';
import { gccTool, rumurTool, spinTool, versionOf } from './tools.ts';

const MEBIBYTE = 1_048_576;

/** The machine that measures. */
export const thisMachine = (): Results['machine'] => {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryMb: Math.round(totalmem() / MEBIBYTE),
    platform: `${platform()} ${arch()}`,
    load: loadavg()[0] ?? 0,
  };
};

/** The versions of node and of every tool that is there. */
export const versionsHere = async (): Promise<Results['versions']> => {
  const tools = [spinTool, gccTool, rumurTool, quintTool];
  const versions = await Promise.all(
    tools.map(async (tool) => [tool.command, await versionOf(tool)] as const),
  );
  return Object.fromEntries([
    ['node', process.versions.node],
    ...versions.flatMap(([command, version]) => (version === undefined ? [] : [[command, version] as const])),
  ]);
};
