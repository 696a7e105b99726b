import { catalogueOf } from './catalogue.ts';
import { examine, type Fate } from './examine.ts';
import { packages } from './packages.ts';
import { createWorlds } from './world.ts';

/** A defect that somebody thought of, and the claims of which one must notice. */
export interface Planted {
  readonly file: string;
  /** The text that stands there once, and the one that is to replace it. */
  readonly from: string;
  readonly to: string;
  /** Suite and claim, as `cores I-RSM`. */
  readonly claims: readonly string[];
}

/** Plants defects in the project at `root`, whose suites `index` exports, and returns the fate of each. */
export const createPlanter = (root: string, index: string): ((planted: Planted) => Promise<Fate>) => {
  const worlds = createWorlds(root, packages);
  const { searches } = catalogueOf(index, worlds);
  return async ({ file, from, to, claims }) => {
    const parts = worlds.textOf(file).split(from);
    if (parts.length !== 2) throw new RangeError(`${file}: ${from} stands there ${parts.length - 1} times`);
    const start = parts[0]!.length;
    const trials = claims.map((name) => {
      const [suite, claim] = name.split(' ');
      const found = searches.find((one) => one.suite === suite && one.claims.includes(claim!));
      if (found === undefined) throw new RangeError(`no claim ${name}`);
      return { ...found, claims: [claim!], states: 0, transitions: 0, maxStates: 1_000_000 };
    });
    return examine(
      { file, span: { start, end: start + from.length }, becomes: to },
      trials,
      worlds,
      () => {},
    );
  };
};
