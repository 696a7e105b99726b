import {
  actionOf,
  defineModel,
  integers,
  suite,
  type Model,
  type Setting,
  type Study,
  type Suite,
} from 'underwatch';

/** Water behind a wall. */
export interface Dam {
  readonly level: number;
}

/** Heights in metres; a leak lets the water out where the wall is as high as that. */
export interface Built {
  readonly wall: number;
  readonly rain: number;
  readonly leak: number;
  readonly name: string;
}

const action = actionOf<Dam, Setting<Built, string>>();
const built: Built = { wall: 10, rain: 7, leak: 1_000_000, name: 'of earth' };

/** A dam that is flooded where the wall is lower than the rain is high, or so high that it leaks. */
export const dam: Model<Dam, Built, string, string, 'dry' | 'stands'> = defineModel({
  id: 'dam',
  says: 'water behind a wall',
  defences: {},
  capabilities: {},
  parameters: built,
  initial: (): Dam => ({ level: 0 }),
  actions: {
    rise: action({
      actor: 'rain',
      says: 'raises the water',
      choose: { by: integers(1, 1) },
      when: ({ level }, _, { parameters }) => level < parameters.rain,
      then: (draft, { by }) => {
        draft.level += by;
      },
    }),
  },
  invariants: {
    dry: {
      kind: 'always',
      says: 'The water stays behind the wall.',
      source: 'the people below',
      holds: ({ level }, { parameters }) => level <= parameters.wall && parameters.wall < parameters.leak,
    },
    stands: {
      kind: 'always',
      says: 'The water stands.',
      source: 'the people below',
      given: ({ level }) => level > 100,
      holds: () => true,
    },
  },
});

/** Claims about the dam. */
export const damSuite: Suite = suite({
  id: 'dam',
  says: 'whether the wall is high enough',
  model: dam,
  claims: {
    'DAM-DRY': { invariant: 'dry', expect: 'holds', says: 'it is', source: 'the people below' },
  },
});

/** Rain measured against the wall: every value from 0 to 99 is equally likely. */
export const rainStudy: Study = {
  id: 'rain',
  says: 'rain against the wall',
  unit: 'mm',
  lower: 5,
  upper: 89,
  populations: [
    {
      id: 'RAIN-SELDOM',
      says: 'too much or too little',
      source: 'the people below',
      draw: (random) => random.whole(100),
      outside: { bound: 'atMost', perMillion: 200_000 },
    },
    {
      id: 'RAIN-OFTEN',
      says: 'the same, claimed to be often',
      source: 'the people above',
      draw: (random) => random.whole(100),
      outside: { bound: 'atLeast', perMillion: 300_000 },
    },
  ],
};
