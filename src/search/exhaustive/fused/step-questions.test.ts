import { expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type Setting } from '../../../model/index.ts';
import { explore } from '../explore.ts';

interface State {
  readonly cores: readonly { readonly seen?: boolean; readonly level?: number }[];
  readonly locked: boolean | number;
}

const action = actionOf<State, Setting<object>>();

const rows = defineModel({
  id: 'rows',
  says: 'six elements, of which one comes to have a field',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): readonly State[] => [
    { cores: [{}, {}, {}, {}, {}, { seen: true }], locked: 0 },
    { cores: [{}, {}, {}, {}, {}, {}], locked: true },
  ],
  actions: {
    see: action({
      actor: 'anyone',
      says: 'sees an element',
      when: ({ cores }) => !(cores.at(-1)!.seen ?? false),
      choose: { at: integers(0, 5) },
      then: (draft, { at }) => {
        draft.cores[at]!.seen = true;
        draft.cores.filter(() => true);
      },
    }),
    idle: action({ actor: 'anyone', says: 'does nothing', choose: { at: integers(0, 5) }, then: () => {} }),
  },
  invariants: {
    steps: {
      kind: 'never-step',
      says: 'no element of the next state is at level 0',
      source: 'made up for this test',
      bad: ({ cores }: State, after: State) =>
        cores
          .map(() => after.cores[5]!.level)
          .join('')
          .startsWith('0'),
    },
  },
});

// While steps are taken, questions about whole arrays come to be known of more values than those about steps
// were fused with.
test('steps are asked about, whatever was learned anew since the last batch', () => {
  const found = explore(systemOf(rows));
  expect(found).toMatchObject({
    states: 65,
    transitions: 582,
    depth: 6,
    verdicts: { steps: { kind: 'holds' } },
  });
  expect(found.antecedents).toEqual({ steps: 582 });
});
