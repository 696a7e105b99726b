import { spawnSync } from 'node:child_process';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { measuredEnvironment } from './measuring/environment.ts';
import type { Results } from './results/results.ts';
import { quintTool } from './contenders/walkers.ts';
import { gccTool, rumurTool, spinTool, versionOf } from './measuring/tools.ts';

const MEBIBYTE = 1_048_576;

const STARTS = 9;

/**
 * Measures the median time of a Node process that does nothing: no search that begins with one can be faster.
 */
const nodeStartMs = (): number => {
  const taken = Array.from({ length: STARTS }, () => {
    const startMs = performance.now();
    spawnSync(process.execPath, ['--eval', ''], { env: measuredEnvironment() });
    return performance.now() - startMs;
  });
  return Math.round(taken.toSorted((a, b) => a - b)[STARTS >> 1] ?? 0);
};

/** The machine that measures. */
export const thisMachine = (): Results['machine'] => {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryMb: Math.round(totalmem() / MEBIBYTE),
    platform: `${platform()} ${arch()}`,
    load: loadavg()[0] ?? 0,
    nodeStartMs: nodeStartMs(),
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
