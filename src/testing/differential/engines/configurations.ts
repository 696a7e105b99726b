import type { AnyModel } from '../../../model/index.ts';
import type { Configuration } from './engine.ts';
import { claimed, exported, random } from './others.ts';
import { exhaustive, oneByOne, resumed, symbolic, symbolicOneByOne } from './searches.ts';

const hasTwins = ({ interchangeable }: AnyModel): boolean => interchangeable !== undefined;

/**
 * The engines that each model, or one in so many, is asked of, with the options that make them go other ways.
 */
export const CONFIGURATIONS: readonly Configuration[] = [
  { id: 'exhaustive', exact: 'all', onceIn: 1, run: exhaustive() },
  { id: 'asking-all', exact: 'all', onceIn: 2, run: exhaustive({ askFrom: 1 }) },
  { id: 'asking-nothing', exact: 'all', onceIn: 6, run: exhaustive({ askFrom: 1e9 }) },
  { id: 'one-by-one', exact: 'all', onceIn: 6, run: oneByOne() },
  { id: 'asking-all-one-by-one', exact: 'all', onceIn: 8, run: oneByOne({ askFrom: 1 }) },
  { id: 'fused', exact: 'all', onceIn: 6, run: exhaustive({ fuseFrom: 2 }) },
  { id: 'fused-late', exact: 'all', onceIn: 6, run: exhaustive({ fuseFrom: 16, askFrom: 1 }) },
  { id: 'no-links', exact: 'all', onceIn: 10, run: exhaustive({ parents: false }) },
  { id: 'fingerprints', exact: 'all', onceIn: 10, run: exhaustive({ states: 'fingerprint' }) },
  { id: 'resumed', exact: 'all', onceIn: 12, run: resumed() },
  { id: 'resumed-fused', exact: 'all', onceIn: 12, run: resumed({ fuseFrom: 8, askFrom: 1 }) },
  {
    id: 'threads',
    exact: 'all',
    onceIn: 60,
    run: exhaustive({ threads: 2, threadsFrom: 1, fuseFrom: 16, askFrom: 1 }),
  },
  {
    id: 'symmetry',
    exact: 'but counts',
    onceIn: 1,
    appliesTo: hasTwins,
    run: exhaustive({ reduce: ['symmetry'] }),
  },
  {
    id: 'partial-order',
    exact: 'but counts and lengths',
    onceIn: 6,
    run: exhaustive({ reduce: ['partial-order'] }),
  },
  {
    id: 'both-reductions',
    exact: 'but counts and lengths',
    onceIn: 2,
    appliesTo: hasTwins,
    run: exhaustive({ reduce: ['symmetry', 'partial-order'], askFrom: 1 }),
  },
  { id: 'levels', exact: 'all', onceIn: 4, run: symbolic('levels') },
  { id: 'chaining', exact: 'but depth', onceIn: 8, run: symbolic('chaining') },
  { id: 'saturation', exact: 'but depth', onceIn: 4, run: symbolic('saturation') },
  { id: 'levels-one-by-one', exact: 'all', onceIn: 12, run: symbolicOneByOne('levels') },
  { id: 'saturation-one-by-one', exact: 'all', onceIn: 12, run: symbolicOneByOne('saturation') },
  { id: 'random', exact: 'findings', onceIn: 8, run: random },
  { id: 'exported', exact: 'all', onceIn: 6, run: exported },
  { id: 'verify', exact: 'all', onceIn: 16, judgesPowers: true, run: claimed('exhaustive') },
  { id: 'auto', exact: 'all', onceIn: 16, judgesPowers: true, run: claimed('auto') },
];
