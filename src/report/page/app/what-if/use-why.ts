import { useEffect, useState } from 'preact/hooks';
import type { PageSubject } from '../../data.ts';
import type { Whys } from '../../run/situation.ts';
import type { Looked } from './look.ts';

/** Asks the model why each of the first `stem` steps of a path is there, once the path can be read. */
export const useWhy = (looked: Looked, { invariant }: PageSubject, stem: number): Whys | undefined => {
  const [whys, setWhys] = useState<Whys>();
  const there = looked.kind === 'there' ? looked : undefined;
  const key = there === undefined ? '' : JSON.stringify([invariant, stem, there.path]);
  useEffect(() => {
    setWhys(undefined);
    if (there === undefined || invariant === undefined) return undefined;
    const { path, session } = there;
    const waiting = setTimeout(() => {
      try {
        const steps = session.why(invariant, { ...path, taken: path.taken.slice(0, stem) });
        setWhys({ kind: 'told', steps });
      } catch (error) {
        setWhys({ kind: 'refused', because: error instanceof Error ? error.message : String(error) });
      }
    }, 0);
    return () => clearTimeout(waiting);
  }, [there?.session, key]);
  return whys;
};
