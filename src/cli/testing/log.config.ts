import { actionOf, defineConfig, defineModel, suite, type Config, type Model } from 'underwatch';

interface Book {
  readonly open: boolean;
  readonly log: readonly boolean[];
}

const action = actionOf<Book, unknown>();

/** A log that nobody cuts off: one of the things that make a space endless. */
const book: Model<Book, object, never, string, 'short'> = defineModel({
  id: 'book',
  says: 'a log without end',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Book => ({ open: true, log: [] }),
  actions: {
    note: action({
      actor: 'clerk',
      says: 'notes whether the book is open',
      then: (draft) => {
        draft.log.push(draft.open);
      },
    }),
    turn: action({
      actor: 'clerk',
      says: 'opens or closes the book',
      then: (draft) => {
        draft.open = !draft.open;
      },
    }),
  },
  invariants: {
    short: {
      kind: 'always',
      says: 'It is a short log.',
      source: 'test',
      holds: ({ log }) => log.length < 99,
    },
  },
});

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'book',
      says: 'what is said of the book',
      model: book,
      claims: {
        'BOOK-SHORT': {
          invariant: 'short',
          expect: 'unresolved',
          says: 'The log is short.',
          source: 'test',
        },
      },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;
