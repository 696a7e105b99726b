import type { Draft } from 'immer';
import { route, type Address, type Target } from './memory-map.ts';
import type { SmramSetting } from './setting.ts';
import type { Core, Smram } from './state.ts';

/** Whether the core is in SMM, whoever's code it runs. */
const inSmm = ({ runs }: Core): boolean => runs !== 'hypervisor';

/** Whether the SMRR of this core covers the handler; firmware sets it over TSEG, not over A0000h. */
export const smrrCovers = ({ smrrValid }: Core, { parameters }: SmramSetting): boolean =>
  smrrValid && parameters.segment === 'TSEG';

/** Whether the core may hold SMRAM in its cache now: with SMRR in SMM and nowhere else (SDM vol. 3, SMRR). */
export const isCacheable = (core: Core, setting: SmramSetting): boolean =>
  smrrCovers(core, setting) ? inSmm(core) : core.mtrr === 'WB';

/** The line that an access hits. Caches are coherent: the line may be another core's. */
export const lineHit = ({ cores }: Smram): 'genuine' | 'adversary' | undefined => {
  if (cores.some(({ line }) => line === 'adversary')) return 'adversary';
  return cores.some(({ line }) => line === 'genuine') ? 'genuine' : undefined;
};

/**
 * Where an access of a core ends: in a cache, in its own local APIC, or where the memory controller sends it.
 */
export const targetOf = (
  state: Smram,
  setting: SmramSetting,
  index: number,
  kind: 'code' | 'data',
  address: Address,
): Target | 'line' | 'apic' => {
  const core = state.cores[index]!;
  const smm = inSmm(core);
  if (address === 'SMRAM') {
    if (kind === 'data' && core.apicBase === 'SMRAM') return 'apic';
    if (!smm && smrrCovers(core, setting)) return 'nowhere';
    if (isCacheable(core, setting) && lineHit(state) !== undefined) return 'line';
  }
  // A late core's 30000h: closed to everyone outside SMM.
  if (address === 'low' && !smm && setting.defends('smbaseRamLock')) return 'nowhere';
  return route(state, setting, { by: 'core', smm, kind }, address);
};

/** Stores at `address` from a core in the adversary's hands. */
export const store = (draft: Draft<Smram>, setting: SmramSetting, index: number, address: Address): void => {
  const state = draft as Smram;
  const core = state.cores[index]!;
  const target = targetOf(state, setting, index, 'data', address);
  if (target === 'apic') return;
  const shut = !inSmm(core) && smrrCovers(core, setting);
  if (address === 'SMRAM' && !shut && isCacheable(core, setting)) {
    // The line is allocated whatever the memory controller answers, and the store stays in it.
    draft.cores.forEach((each, at) => {
      each.line = at === index ? 'adversary' : 'none';
    });
  } else if (target !== 'nowhere' && target !== 'line') draft.memory[target] = 'adversary';
};

/** Whether a load of a core from `address` brings the handler's data, the key among them. */
export const seesKey = (state: Smram, setting: SmramSetting, index: number, address: Address): boolean => {
  const target = targetOf(state, setting, index, 'data', address);
  return target === 'smram' || (target === 'line' && lineHit(state) === 'genuine');
};

/** Writes a core's line back and drops it. */
export const writeBack = (draft: Draft<Smram>, setting: SmramSetting, index: number): void => {
  const core = draft.cores[index]!;
  if (core.line === 'adversary') {
    // A write-back carries no mode of its own: it is treated as one from SMM, or as any other write.
    const smm = inSmm(core) || setting.parameters.writeBacks === 'reach SMRAM';
    const target = route(draft, setting, { by: 'core', smm, kind: 'code' }, 'SMRAM');
    if (target !== 'nowhere') draft.memory[target] = 'adversary';
  }
  core.line = 'none';
};
