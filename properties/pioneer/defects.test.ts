import { describe, expect, test } from 'vitest';
import { explore } from 'underwatch';
import { systemOf, type AnyModel, type Scenario } from 'underwatch/model';
import 'underwatch/vitest';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import type {
  Capability,
  Defence,
  Parameters,
  PioneerSetting,
} from '../../models/pioneer/protocol/setting.ts';
import type { Pioneer } from '../../models/pioneer/protocol/state.ts';
import { swatt } from '../../models/pioneer/swatt/model.ts';
import { tickStamp } from '../../models/pioneer/tick-stamp/model.ts';
import type {
  Defence as Binding,
  TickStamp,
  TickStampSetting,
} from '../../models/pioneer/tick-stamp/state.ts';
import type { Defence as Measure, Device, DeviceSetting } from '../../models/pioneer/swatt/state.ts';
import { asPublished, but, plainKernel } from './adversary.ts';

type Effect<S, X> = {
  exists?: (setting: X) => boolean;
  when?: (state: S, choice: never, setting: X) => boolean;
  then?: (draft: never, choice: never, setting: X) => void;
};
type Original<S, X> = Required<Pick<Effect<S, X>, 'then'>>;

interface Defect<S, X> {
  readonly says: string;
  readonly kills: readonly string[];
  readonly action: string;
  readonly change: (original: Original<S, X>) => Effect<S, X>;
  readonly scenario: Partial<Scenario>;
}

type Draft = { -readonly [K in keyof Pioneer]: Pioneer[K] };
const edit =
  (change: (draft: Draft) => void) =>
  (draft: never): void =>
    change(draft);

/** The original effect with one defence off: an implementer forgot it in this place. */
const forgets =
  <S, D extends string, X extends { readonly defends: (defence: D) => boolean }>(forgotten: D) =>
  (original: Original<S, X>): Effect<S, X> => ({
    then: (draft, choice, setting) =>
      original.then(draft, choice, {
        ...setting,
        defends: (name: D) => name !== forgotten && setting.defends(name),
      }),
  });

const scenario = (
  capabilities: readonly Capability[],
  parameters: Partial<Parameters> = {},
  without: readonly Defence[] = asPublished,
): Partial<Scenario> => ({ capabilities, without, parameters: { ...plainKernel, ...parameters } });

/** Mistakes that an implementer could make, each in one action, and the invariants that must notice. */
const DEFECTS: readonly Defect<Pioneer, PioneerSetting>[] = [
  {
    says: 'the verifier forgets its clock',
    kills: ['I-GENUINE'],
    action: 'arrive',
    change: forgets<Pioneer, Defence, PioneerSetting>('upperLimit'),
    scenario: scenario(['code']),
  },
  {
    says: 'the verifier forgets its clock, and another machine is far away',
    kills: ['I-HERE'],
    action: 'arrive',
    change: forgets<Pioneer, Defence, PioneerSetting>('upperLimit'),
    scenario: scenario(['proxy'], { proxyMhz: 2800, proxyRoundTripUs: 1000 }),
  },
  {
    says: 'the function leaves the other processor to the adversary',
    kills: ['I-GENUINE'],
    action: 'runCopy',
    change: forgets<Pioneer, Defence, PioneerSetting>('engagesProcessors'),
    scenario: scenario(['code', 'secondProcessor'], {}, but(asPublished, 'engagesProcessors')),
  },
  {
    says: 'the verifier draws its nonces from a counter',
    kills: ['I-NONCE'],
    action: 'answerAtOnce',
    change: (original) => ({
      then: (draft, choice, setting) => {
        original.then(draft, choice, setting);
        (draft as Draft).sum = 'right';
      },
    }),
    scenario: scenario(['foreknowledge']),
  },
  {
    says: 'the checksum does not look at the words that it reads',
    kills: ['I-COVER'],
    action: 'runCopy',
    change: (original) => ({
      then: (draft, choice, setting) => {
        original.then(draft, choice, setting);
        (draft as Draft).sum = 'right';
      },
    }),
    scenario: scenario(['code'], { copies: [{ code: 'inPlace', data: 'inPlace' }] }),
  },
  {
    says: 'the checksum does not look at the code segment selector',
    kills: ['I-BARE'],
    action: 'checksum',
    change: forgets<Pioneer, Defence, PioneerSetting>('mixCs'),
    scenario: scenario(['deprivilege'], {}, but(asPublished, 'mixCs')),
  },
  {
    says: 'nothing of the checksum lies on the stack',
    kills: ['I-UNTAMPERED'],
    action: 'trigger',
    change: forgets<Pioneer, Defence, PioneerSetting>('stateOnStack'),
    scenario: scenario(['nmi', 'entries']),
  },
  {
    says: 'the function returns to whoever wants it',
    kills: ['I-KERNEL'],
    action: 'finish',
    change: (original) => ({
      then: (draft, choice, setting) => {
        original.then(draft, choice, setting);
        (draft as Draft).control = 'adversary';
        (draft as Draft).visit = { root: false, trigger: false, kernel: false, executable: false };
      },
    }),
    scenario: scenario(['cr3'], { root: 'second' }),
  },
  {
    says: 'the verifier forgets its lower limit',
    kills: ['I-TWOSIDED'],
    action: 'arrive',
    change: forgets<Pioneer, Defence, PioneerSetting>('lowerLimit'),
    scenario: scenario(['translator'], { translatedMilliCycles: 1000 }, [
      ...but(asPublished, 'lowerLimit'),
      'longMode',
    ]),
  },
  {
    says: 'the function comes to another sum than the verifier',
    kills: ['I-NOFP', 'I-HONEST-RUN'],
    action: 'checksum',
    change: (original) => ({
      then: (draft, choice, setting) => {
        original.then(draft, choice, setting);
        (draft as Draft).sum = 'wrong';
      },
    }),
    scenario: scenario([]),
  },
  {
    says: 'the function forgets to hash',
    kills: ['I-GOES-ON', 'I-HONEST-RUN'],
    action: 'hash',
    change: () => ({ when: () => false, then: edit(() => undefined) }),
    scenario: scenario([]),
  },
];

const stamps = (...capabilities: readonly string[]): Partial<Scenario> => ({ capabilities });
const judgeForgets = (binding: Binding): Defect<TickStamp, TickStampSetting>['change'] =>
  forgets<TickStamp, Binding, TickStampSetting>(binding);

/** The same for the two stamps. */
const STAMP_DEFECTS: readonly Defect<TickStamp, TickStampSetting>[] = [
  {
    says: 'the verifier does not compare the digest of the end stamp',
    kills: ['I-TICK', 'I-TICK-GENUINE'],
    action: 'judge',
    change: judgeForgets('bindSum'),
    scenario: stamps('forge'),
  },
  {
    says: 'the verifier does not compare the nonce of the start stamp',
    kills: ['I-TICK-FRESH'],
    action: 'judge',
    change: judgeForgets('bindChallenge'),
    scenario: stamps(),
  },
  {
    says: 'the verifier takes any key',
    kills: ['I-TICK-HERE'],
    action: 'judge',
    change: judgeForgets('knownTpm'),
    scenario: stamps('proxy', 'otherTpm'),
  },
  {
    says: 'the verifier never accepts',
    kills: ['I-TICK-HONEST'],
    action: 'judge',
    change: () => ({
      then: (draft: never) => {
        (draft as { verifier: string }).verifier = 'rejected';
      },
    }),
    scenario: stamps(),
  },
  {
    says: 'the verifier never judges',
    kills: ['I-TICK-GOES-ON'],
    action: 'judge',
    change: () => ({ when: () => false }),
    scenario: stamps(),
  },
];

/** And for small devices. */
const DEVICE_DEFECTS: readonly Defect<Device, DeviceSetting>[] = [
  {
    says: 'the verifier forgets data memory',
    kills: ['I-DEVICE'],
    action: 'compute',
    change: forgets<Device, Measure, DeviceSetting>('measuresData'),
    scenario: stamps('store', 'rop'),
  },
  {
    says: 'the device comes to no sum',
    kills: ['I-DEVICE-HONEST'],
    action: 'compute',
    change: () => ({ when: () => false }),
    scenario: stamps(),
  },
];

const mutant = (model: AnyModel, action: string, change: (original: never) => object): AnyModel => {
  const original = model.actions[action]!;
  const changed = { ...original, ...change(original as never) };
  return { ...model, actions: { ...model.actions, [action]: changed } };
};

const cases = [
  ...DEFECTS.map((defect) => ({ ...defect, model: pioneer as AnyModel })),
  ...STAMP_DEFECTS.map((defect) => ({ ...defect, model: tickStamp as AnyModel })),
  ...DEVICE_DEFECTS.map((defect) => ({ ...defect, model: swatt as AnyModel })),
].flatMap(({ action, change, kills, model, says, scenario: given }) =>
  kills.map((id) => ({ action, change, id, model, says, given })),
);

describe('every invariant is killed by a seeded defect, and holds without it', () => {
  test.each(cases)('$says: $id', ({ action, change, given, id, model }) => {
    const whole: Scenario = { without: [], capabilities: [], parameters: {}, ...given };
    const healthy = explore(systemOf(model, whole), { invariants: [id] });
    expect(['holds', 'vacuous']).toContain(healthy.verdicts[id]?.kind);
    const { verdicts } = explore(systemOf(mutant(model, action, change), whole), {
      invariants: [id],
    });
    expect(verdicts[id]?.kind).toBe('violated');
  });

  test.each([pioneer as AnyModel, tickStamp as AnyModel, swatt as AnyModel])(
    'none of $id is left out',
    (model) => {
      const killed = new Set(cases.filter((one) => one.model === model).map(({ id }) => id));
      expect(Object.keys(model.invariants).filter((id) => !killed.has(id))).toEqual([]);
    },
  );
});
