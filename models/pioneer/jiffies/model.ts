import {
  actionOf,
  defineModel,
  oneOf,
  type AnyAction,
  type Invariant,
  type Model,
  type Setting,
} from 'underwatch/model';
import { BENCHMARK, mostTickWorkCycles } from '../../platform/translation/index.ts';

/** The state of the blog's kernel module: it waits for a new jiffy, and counts STIs until the next one. */
export interface Jiffies {
  readonly phase: 'waiting' | 'counting' | 'printed';
  /** The cycles of this jiffy that are left for the loop. */
  readonly leftCycles: number;
  readonly iterations: number;
}

export type JiffiesParameters = {
  /** A jiffy: a millisecond of 1.8 GHz. */
  readonly tickCycles: number;
  /** One iteration: STI, two ALU operations, a load, a branch. */
  readonly loopCycles: number;
  /** The most that a jiffy loses to interrupts and to the host. */
  readonly mostWorkCycles: number;
  /** The printed count, as far as it was reported. */
  readonly leastIterations: number;
  readonly mostIterations: number;
};

type JiffiesSetting = Setting<JiffiesParameters, never>;
type JiffiesAction = AnyAction<Jiffies, JiffiesSetting>;
const action = actionOf<Jiffies, JiffiesSetting>();

/**
 * The iterations that one step of the model stands for; while there is time for so many, nothing else
 * happens.
 */
const BLOCK = 1000;
/**
 * The step in cycles in which lost time is tried: far less than the reported figure's last digit is worth.
 */
const WORK_STEP = 1000;

const actions: {
  readonly epoch: JiffiesAction;
  readonly count: JiffiesAction;
  readonly print: JiffiesAction;
} = {
  epoch: action({
    actor: 'hardware',
    says: 'the timer ticks: jiffies changes, and so much of the new one goes to others',
    choose: ({ parameters }: JiffiesSetting) => ({
      workCycles: oneOf(
        Array.from(
          { length: Math.floor(parameters.mostWorkCycles / WORK_STEP) + 1 },
          (_, step) => step * WORK_STEP,
        ),
      ),
    }),
    when: ({ phase }) => phase === 'waiting',
    then: (draft, { workCycles }, { parameters }) => {
      draft.phase = 'counting';
      draft.leftCycles = parameters.tickCycles - workCycles;
    },
  }),
  count: action({
    actor: 'module',
    says: 'a thousand iterations: STI, and jiffies is what it was',
    when: ({ phase, leftCycles }, _, { parameters }) =>
      phase === 'counting' && leftCycles >= BLOCK * parameters.loopCycles,
    then: (draft, _, { parameters }) => {
      draft.leftCycles -= BLOCK * parameters.loopCycles;
      draft.iterations += BLOCK;
    },
  }),
  print: action({
    actor: 'module',
    says: 'the last iterations, until jiffies has changed; prints how many there were',
    when: ({ phase, leftCycles }, _, { parameters }) =>
      phase === 'counting' && leftCycles < BLOCK * parameters.loopCycles,
    then: (draft, _, { parameters }) => {
      draft.phase = 'printed';
      draft.iterations += Math.floor(draft.leftCycles / parameters.loopCycles);
      draft.leftCycles = 0;
    },
  }),
};

const invariants: { readonly 'I-PRINTED': Invariant<Jiffies, JiffiesSetting> } = {
  'I-PRINTED': {
    kind: 'sometimes',
    says: 'The module can print what was reported.',
    source: BENCHMARK.source,
    witness: ({ phase, iterations }, { parameters }) =>
      phase === 'printed' &&
      iterations >= parameters.leastIterations &&
      iterations <= parameters.mostIterations,
  },
};

const defaults: JiffiesParameters = {
  tickCycles: BENCHMARK.tickCycles,
  loopCycles: 9,
  mostWorkCycles: mostTickWorkCycles(),
  leastIterations: BENCHMARK.twoDigits.least,
  mostIterations: BENCHMARK.twoDigits.most,
};

/** The model of the post's benchmark: STIs counted between two jiffies. See ../README.md. */
export const jiffies: Model<Jiffies, JiffiesParameters, never, keyof typeof actions, 'I-PRINTED'> =
  defineModel({
    id: 'jiffies',
    says: "the blog's kernel module, which counts STIs between two jiffies: which loops can have printed what it printed",
    defences: {},
    capabilities: {},
    parameters: defaults,
    initial: (): Jiffies => ({ phase: 'waiting', leftCycles: 0, iterations: 0 }),
    actions,
    invariants,
  });
