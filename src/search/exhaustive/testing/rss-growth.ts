import { systemOf } from '../../../model/index.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { explore } from '../explore.ts';

// A process of its own: how much memory a search that is limited to the first argument takes from the system.
const MEBIBYTE = 2 ** 20;
const system = systemOf(smiGate, {
  without: [],
  capabilities: [],
  parameters: { cores: 4, nonces: 5, pending: 4 },
});
const before = process.memoryUsage.rss();
const { bound, states } = explore(system, { limits: { memoryLimitMb: Number(process.argv[2]) } });
const growthMb = (1024 * process.resourceUsage().maxRSS - before) / MEBIBYTE;
process.stdout.write(JSON.stringify({ bound, states, growthMb }));
