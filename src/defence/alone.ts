import type { Knowledge, KnownAttack, On } from './knowledge.ts';
import type { SingleDefence, KnownTrace } from './result.ts';
import type { Sets } from './sets/diagram.ts';

/** Returns where the first known attack ends under a set of defences; nothing where it still works. */
export const endOf = (
  { attacks }: Knowledge,
  sets: Sets,
  on: On,
): Pick<SingleDefence, 'because' | 'endsAt'> => {
  const found = attacks[0]?.stopped.find((one) => sets.has(one.sets, on));
  return found === undefined ? {} : { endsAt: found.step, because: found.because };
};

/** Returns an attack as a result has it: without the sets under which it works. */
export const toldOf = ({ on, shortest, trace }: KnownAttack): KnownTrace => ({ trace, shortest, on });
