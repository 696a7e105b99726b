import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Fault, systemOf } from '../../../../model/index.ts';
import { explore, exploreInSlices } from '../../../../search/exhaustive/explore.ts';
import { smiGate } from '../../../../testing/models/smi-gate.ts';
import type { Workplace } from '../../../../testing/workplace.ts';
import { once } from '../chance.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { must, type Subject } from '../subject.ts';

/** The subject of a search's checkpoint, changed, from which the search is then to continue. */
export const checkpoints = (place: Workplace): Subject => {
  const system = systemOf(smiGate, { without: [], capabilities: [], parameters: {} });
  const file = place.write('whole.checkpoint', '');
  const limits = { maxDepth: 6 };
  const begun = (path: string): void => {
    const search = exploreInSlices(system, { limits, checkpoint: { file: path } });
    // The purity check, which comes before the search, may pause as well.
    let slice = search.next();
    while (slice.done !== true && slice.value.states === 0) slice = search.next();
    search.next('stop');
  };
  const kept = `${file}.kept`;
  begun(kept);
  const bytes = readFileSync(kept);
  const whole = explore(system, { limits });
  return {
    name: 'checkpoints',
    share: 10,
    run: async (random) => {
      const changed = once(random, 100) ? bytes : mutateBytes(bytes, random);
      const path = place.write('changed.checkpoint', changed);
      try {
        const result = explore(system, { limits, checkpoint: { file: path } });
        must(Buffer.compare(changed, bytes) === 0, 'a damaged checkpoint was accepted');
        must(isDeepStrictEqual(result, whole), 'a search that goes on finds something else');
        return 'gone on';
      } catch (error) {
        if (error instanceof Fault) return error.code;
        throw error;
      }
    },
  };
};
