import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tool } from '../../model/tool.ts';
import { compiledChild } from '../compiled.ts';
import { runMeasured } from '../measuring/measured-process.ts';
import { quintModules } from '../model-source.ts';
import { sizes } from '../sizes.ts';
import { availabilityOf, numberIn, type Tool } from '../measuring/tools.ts';
import { walking, type Walker } from '../walker.ts';

/** Quint's command; it is not a dependency, so that it is used only where somebody has installed it. */
export const quintTool: Tool = {
  command: 'quint',
  versionArgs: ['--version'],
  install: 'the npm package @informalsystems/quint (0.33.0 needs its antlr4ts overridden by 0.5.0-alpha.4)',
};

const LOCAL_COMMANDS = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
process.env['PATH'] = `${process.env['PATH'] ?? ''}${delimiter}${LOCAL_COMMANDS}`;

const quint: Walker = {
  id: 'quint',
  says: 'the simulator written in TypeScript, model written by hand',
  availability: () => availabilityOf([quintTool]),
  walk: async (folder, timeoutMs) => {
    const size = sizes.find(({ id }) => id === walking.size);
    if (size === undefined) throw new Error(`no size ${walking.size}`);
    for (const [file, text] of Object.entries(await quintModules(size))) {
      writeFileSync(join(folder, file), text);
    }
    const limits = [`--max-samples=${walking.walks}`, `--max-steps=${walking.steps}`, '--seed=1'];
    const args = ['run', 'gate.qnt', '--backend=typescript', '--invariant=neverFooled', ...limits];
    return runMeasured(quintTool.command, args, { folder, timeoutMs });
  },
  read: ({ stdout }) => {
    if (!stdout.includes('[ok]')) throw new Error(`no verdict: ${stdout.slice(-300)}`);
    // A trace of n steps has n + 1 states, which is what Quint counts.
    const averageSteps = numberIn(stdout, /average=([\d.]+)/, 'length of traces') - 1;
    return {
      walks: walking.walks,
      steps: Math.round(averageSteps * walking.walks),
      insideMs: numberIn(stdout, /\((\d+)ms at/, 'time'),
    };
  },
};

const printed = z.object({
  verdict: z.literal('unresolved'),
  walks: z.literal(walking.walks),
  steps: z.number().int().positive(),
  insideMs: z.number().positive(),
});

const underwatch: Walker = {
  id: 'underwatch-random',
  says: 'the random engine on the immer model: half of its walks go all the way, the others to a random depth',
  availability: () => Promise.resolve({ kind: 'available', version: tool.version }),
  walk: async (folder, timeoutMs) => {
    const args = [walking.size, walking.walks, walking.steps].map(String);
    return runMeasured(process.execPath, [await compiledChild('walk'), ...args], { folder, timeoutMs });
  },
  read: ({ stdout }) => {
    const { walks, steps, insideMs } = printed.parse(JSON.parse(stdout));
    return { walks, steps, insideMs };
  },
};

/** All walkers. */
export const walkers: readonly Walker[] = [underwatch, quint];
