import { defineConfig, suite, type Config } from 'underwatch';
import { keep } from '../../defence/testing/keep.ts';

const thief = { capabilities: ['hands', 'tools'], source: 'test' } as const;

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'keep',
      says: 'a castle',
      model: keep,
      claims: {
        'K-CROWN': {
          ...thief,
          invariant: 'kept',
          without: ['bar', 'moat', 'guard', 'lock', 'lantern'],
          expect: 'violated',
          length: 3,
          says: 'nothing keeps the crown',
        },
        'K-YARD': {
          ...thief,
          invariant: 'outside',
          without: ['bar', 'moat', 'lock', 'lantern', 'sign'],
          expect: 'violated',
          length: 1,
          says: 'anybody comes in',
        },
        'K-BACK': {
          ...thief,
          invariant: 'stays',
          without: ['bar', 'guard', 'lock', 'lantern'],
          expect: 'violated',
          says: 'what is taken is gone',
        },
        'K-HELD': { ...thief, invariant: 'kept', expect: 'holds', says: 'with everything it is kept' },
      },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;
