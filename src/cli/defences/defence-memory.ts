import { memoryOf, openMemory, type KeptMemory } from '../../defence/kept/folder.ts';
import type { Searched } from '../../defence/search-sets.ts';
import type { Shard } from '../../claim/shard.ts';
import { Fault } from '../../model/index.ts';
import { checkpointOptionsOf } from '../options/checkpoint-flags.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { digestsOf, type Sources } from '../workspace/sources-read.ts';

/** The options of searches that are kept, divided and put together. */
export interface DefenceMemoryFlags {
  readonly checkpoint?: string;
  readonly resume?: string;
  readonly shard?: Shard;
  readonly merge?: readonly string[];
}

/** The memory while the command runs, and its folder; without a folder it is forgotten at its end. */
export interface DefenceMemory extends KeptMemory {
  readonly folder?: string;
}

const unkept = ({ index, of }: Shard): Fault =>
  new Fault('UW304', {
    where: 'option --shard',
    expected: '--checkpoint or --resume beside it: a part leaves what it found there, and nothing else',
    got: `--shard ${index}/${of} alone`,
    likely: 'the folder was left out',
    next: `add --checkpoint parts/${index}; with all parts there, --merge parts/* gives the answer`,
  });

/**
 * Opens the memory of earlier searches; undefined where there is none. Throws UW304 for options that make no
 * sense together, and what `openMemory` and `memoryOf` throw.
 */
export const defenceMemoryFor = (
  { merge, shard, ...options }: DefenceMemoryFlags,
  sources: Sources,
  terminal: Terminal,
): DefenceMemory | undefined => {
  const checkpoint = checkpointOptionsOf(options, sources, terminal);
  if (shard !== undefined && checkpoint === undefined) throw unkept(shard);
  const identity = digestsOf(process.cwd(), sources);
  const parts = merge === undefined ? undefined : memoryOf(merge, identity);
  const own = checkpoint === undefined ? undefined : openMemory({ ...checkpoint, identity });
  const place = checkpoint === undefined ? {} : { folder: checkpoint.folder };
  if (parts === undefined) return own === undefined ? undefined : { ...own, ...place };
  const found = new Map<string, Searched>(parts);
  return {
    get: (asked) => own?.get(asked) ?? found.get(asked),
    put: (asked, searched) => {
      found.set(asked, searched);
      own?.put(asked, searched);
    },
    size: () => found.size,
    close: () => own?.close(),
    ...place,
  };
};
