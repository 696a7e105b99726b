import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, integers, type AnyAction, type Domain } from 'underwatch/model';
import { withField } from '../chipset/index.ts';
import { isCacheable, lineHit, seesKey, smrrCovers, store, targetOf, writeBack } from './access.ts';
import type { Address } from './memory-map.ts';
import type { SmramSetting } from './setting.ts';
import type { Content, Core, Smram } from './state.ts';

type SmmAction = AnyAction<Smram, SmramSetting>;
const action = actionOf<Smram, SmramSetting>();
const cores = ({ parameters }: SmramSetting): { readonly core: Domain<number> } => ({
  core: integers(0, parameters.cores - 1),
});

/** The core that carries out the request; the others wait in SMM. */
const MONARCH = 0;

/** The content that a core finds where it fetches or loads. */
export const contentAt = (
  state: Smram,
  setting: SmramSetting,
  index: number,
  kind: 'code' | 'data',
  address: Address,
): Content => {
  const target = targetOf(state, setting, index, kind, address);
  if (target === 'line') return lineHit(state) === 'genuine' ? 'handler' : 'adversary';
  // A page of APIC registers (mostly zeros), or the ones of an unclaimed address, is nobody's code.
  return target === 'apic' || target === 'nowhere' ? 'other' : state.memory[target];
};

/** MSR 4E0h: a fetch outside SMRR in SMM is an unrecoverable machine check. */
const codeCheck = (core: Core, setting: SmramSetting, address: Address): boolean =>
  address !== 'SMRAM' && setting.defends('smmCodeChk') && smrrCovers(core, setting);

/** A core in SMM goes on at `address`: into the handler, into the adversary's code, or into a shutdown. */
const jump = (draft: Draft<Smram>, setting: SmramSetting, index: number, address: Address): void => {
  const state = draft as Smram;
  const found = contentAt(state, setting, index, 'code', address);
  if (codeCheck(state.cores[index]!, setting, address) || found === 'other') draft.power = 'halted';
  else draft.cores[index]!.runs = found === 'handler' ? 'handler' : 'adversary in SMM';
};

const inHandler = ({ power }: Smram, core: Core, phase: Core['runs']): boolean =>
  power === 'on' && core.runs === phase;

/** Carries out the request that came with the SMI. */
const serve = (draft: Draft<Smram>, setting: SmramSetting): void => {
  const state = draft as Smram;
  const finish = (): void => {
    draft.cores[MONARCH]!.runs = 'done';
  };
  match(state.request)
    .with('nothing', finish)
    .with('runtime service', () => {
      if (setting.defends('noCallouts')) finish();
      else jump(draft, setting, MONARCH, 'ram');
    })
    .with('read for me', () => {
      if (!setting.defends('checksPointers') && seesKey(state, setting, MONARCH, 'SMRAM'))
        draft.keyRead = true;
      finish();
    })
    .with('write for me', () => {
      if (!setting.defends('checksPointers')) store(draft, setting, MONARCH, 'SMRAM');
      finish();
    })
    .with('drive the device', () => {
      // The window and SMRAM overlap: in SMM the memory controller gives it to SMRAM.
      if (!setting.defends('checksBars') && state.bar === 'SMRAM') store(draft, setting, MONARCH, 'SMRAM');
      finish();
    })
    .exhaustive();
};

/** The content that the handler finds where its stack, its descriptor table and its pointers should be. */
const loadData = (draft: Draft<Smram>, setting: SmramSetting, index: number): void => {
  if (setting.defends('opensItsData'))
    draft.chipset.SMRAMC = withField('SMRAMC', draft.chipset.SMRAMC, 'D_CLS', 0);
  const state = draft as Smram;
  const target = targetOf(state, setting, index, 'data', 'SMRAM');
  // Zeros for a descriptor table and for pointers lead to address 0 (Domas 2015).
  if (target === 'apic') jump(draft, setting, index, 'low');
  else {
    const found = contentAt(state, setting, index, 'data', 'SMRAM');
    if (found === 'other') draft.power = 'halted';
    // The adversary's pointers lead to the adversary's code.
    else if (found === 'adversary') jump(draft, setting, index, 'ram');
    else {
      const core = draft.cores[index]!;
      if (isCacheable(core, setting) && core.line === 'none') core.line = 'genuine';
      core.runs = index === MONARCH ? 'service' : 'done';
    }
  }
};

/** The actions in SMM, on every core from its own SMBASE: the handler, or whatever took its place. */
export const smmActions: {
  readonly fetch: SmmAction;
  readonly loadData: SmmAction;
  readonly serve: SmmAction;
  readonly leave: SmmAction;
  readonly plunder: SmmAction;
  readonly implant: SmmAction;
} = {
  fetch: action({
    actor: 'hardware',
    says: 'a core fetches its first instruction in SMM, at SMBASE + 8000h',
    choose: cores,
    when: (state, { core }) => inHandler(state, state.cores[core]!, 'entry'),
    then: (draft, { core }, setting) =>
      jump(draft, setting, core, draft.cores[core]!.smbase === 'SMRAM' ? 'SMRAM' : 'low'),
  }),
  loadData: action({
    actor: 'handler',
    says: 'the handler loads its own data',
    choose: cores,
    when: (state, { core }) => inHandler(state, state.cores[core]!, 'handler'),
    then: (draft, { core }, setting) => loadData(draft, setting, core),
  }),
  serve: action({
    actor: 'handler',
    says: 'the handler does what it was asked for',
    when: (state) => inHandler(state, state.cores[MONARCH]!, 'service'),
    then: (draft, _, setting) => serve(draft, setting),
  }),
  leave: action({
    actor: 'handler',
    says: 'every core leaves SMM',
    when: (state) => state.cores.every((core) => inHandler(state, core, 'done')),
    then: (draft, _, setting) => {
      if (setting.defends('flushesOnRsm'))
        draft.cores.forEach((__, index) => writeBack(draft, setting, index));
      for (const core of draft.cores) core.runs = 'hypervisor';
      draft.request = 'nothing';
    },
  }),
  plunder: action({
    actor: 'adversary',
    says: 'its code in SMM reads the key',
    choose: cores,
    // The handler can clear D_CLS and drop a line first; the key is in other lines than the poisoned one.
    when: (state, { core }) => inHandler(state, state.cores[core]!, 'adversary in SMM'),
    then: (draft) => {
      draft.keyRead = true;
    },
  }),
  implant: action({
    actor: 'adversary',
    says: 'its code in SMM rewrites the handler',
    choose: cores,
    when: (state, { core }) => inHandler(state, state.cores[core]!, 'adversary in SMM'),
    then: (draft) => {
      draft.memory.smram = 'adversary';
    },
  }),
};
