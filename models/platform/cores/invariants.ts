import type { Invariant } from 'underwatch/model';
import type { Core } from './state.ts';
import type { CoresSetting, CoresSystem } from './system.ts';

type CoresInvariant = Invariant<CoresSystem, CoresSetting>;

const pairs = (before: CoresSystem, after: CoresSystem) =>
  before.cores.map((core, index) => ({
    core,
    ghost: before.ghosts[index]!,
    next: after.cores[index]!,
    nextGhost: after.ghosts[index]!,
  }));

/** Whether the SMI comes before the next instruction. */
const comesFirst = ({ mode, pending, retired, hold }: Core): boolean =>
  (mode === 'guest' || mode === 'host') && pending && retired && hold === 'none';

/** The invariants that other models assume of cores. */
export const invariants: {
  readonly [
    id in
      | 'I-LATCH1'
      | 'I-BOUNDARY'
      | 'I-BOUNDARY-PLUS-1'
      | 'I-AT-ONCE'
      | 'I-UNTOLD'
      | 'I-SIPI'
      | 'I-TAKEN'
      | 'I-RSM'
      | 'I-NMI-BLOCKED'
  ]: CoresInvariant;
} = {
  'I-LATCH1': {
    kind: 'never-step',
    says: 'a core enters SMM only for an SMI that was sent to it since it last entered: of several, one is latched',
    source: 'SDM vol. 3, "System Management Mode": exactly one SMI is latched while in SMM',
    given: (before, after) =>
      pairs(before, after).some(({ ghost, nextGhost }) => ghost.sent === 2 && nextGhost.sent === 0),
    bad: (before, after) =>
      pairs(before, after).some(
        ({ core, ghost, next, nextGhost }) =>
          core.mode !== 'smm' &&
          next.mode === 'smm' &&
          (ghost.sent === 0 || nextGhost.sent !== 0 || next.pending),
      ),
  },
  'I-BOUNDARY': {
    kind: 'always',
    says: 'after an SMI is sent to a core, at most the instruction in flight retires before the core is in SMM',
    source: 'SDM vol. 3, SMIs are recognised at instruction boundaries; HyperSentry slides 4 and 10',
    given: ({ cores }) => cores.some(({ pending }) => pending),
    holds: ({ ghosts }) => ghosts.every(({ retiredSince }) => retiredSince < 2),
  },
  'I-BOUNDARY-PLUS-1': {
    kind: 'always',
    says: 'after an SMI is sent to a core, at most the instruction in flight and one in its shadow retire before the core is in SMM',
    source:
      'SDM vol. 3B, 25.2: an SMI may be blocked for one instruction following STI, MOV to SS, or POP into SS',
    given: ({ cores }) => cores.some(({ pending }) => pending),
    holds: ({ ghosts }) => ghosts.every(({ retiredSince }) => retiredSince < 3),
  },
  'I-AT-ONCE': {
    kind: 'always',
    says: 'an SMI that is pending when a core leaves SMM, is started or stops holding SMIs comes before the next instruction',
    source:
      'SDM vol. 3B, 25.3.1: latched, and serviced when the processor exits SMM; APM vol. 2, 15.17: held pending until STGI',
    given: ({ ghosts }) => ghosts.some(({ next }) => next),
    holds: ({ ghosts }) => ghosts.every(({ slipped }) => !slipped),
  },
  'I-UNTOLD': {
    kind: 'always',
    says: 'no hypervisor is told of an SMI before the core that it hits is in SMM',
    source: 'HyperSentry slides 4 and 17: the measurement is triggered stealthily',
    given: ({ cores }) => cores.some(({ pending }) => pending),
    holds: ({ ghosts }) => ghosts.every(({ told }) => !told),
  },
  'I-SIPI': {
    kind: 'never-step',
    says: 'a core that was started with an SMI pended, or has retired what was in flight, retires nothing before it has taken it',
    source: 'SDM vol. 3: taken right after the SIPI, before the target is executed',
    given: ({ cores }) => cores.some(comesFirst),
    bad: (before, after) =>
      pairs(before, after).some(
        ({ core, ghost, next, nextGhost }) =>
          comesFirst(core) && next.pending && nextGhost.retiredSince !== ghost.retiredSince,
      ),
  },
  'I-TAKEN': {
    kind: 'recovers',
    says: 'an SMI that is pending can still be taken, whatever holds it back',
    source:
      'APM vol. 2, 15.17 (held pending until STGI); TXT preliminary architecture specification (SMCTRL)',
    given: ({ cores }) => cores.some(({ pending }) => pending),
    good: ({ cores }) => cores.every(({ pending }) => !pending),
  },
  'I-RSM': {
    kind: 'never-step',
    says: 'RSM goes back to what was interrupted, guest or host',
    source: 'SDM 34.14: VMX root or non-root operation is kept inside the processor',
    given: (before, after) =>
      pairs(before, after).some(({ core, next }) => core.mode === 'smm' && next.mode !== 'smm'),
    bad: (before, after) =>
      pairs(before, after).some(
        ({ core, next }) => core.mode === 'smm' && next.mode !== 'smm' && next.mode !== core.resumes,
      ) ||
      pairs(before, after).some(
        ({ core, next }) => core.mode !== 'smm' && next.mode === 'smm' && next.resumes !== core.mode,
      ),
  },
  'I-NMI-BLOCKED': {
    kind: 'never-step',
    says: 'an NMI that comes in SMM stays latched until after RSM',
    source: 'SDM vol. 3, "NMI handling while in SMM"',
    given: ({ cores }) => cores.some(({ mode, nmi }) => mode === 'smm' && nmi),
    bad: (before, after) =>
      pairs(before, after).some(({ core, next }) => core.mode === 'smm' && core.nmi && !next.nmi),
  },
};
