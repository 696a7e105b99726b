import { compare, type Disagreement } from './compare.ts';
import type { Configuration } from './engines/engine.ts';
import { load, type Loaded } from './load.ts';
import { modelOf } from './models/model.ts';
import { textOf, type Term } from './models/term.ts';
import { truthsOf, type Truths } from './oracle/oracle.ts';
import type { Bounds } from './oracle/reached.ts';
import { NoModel, worldOf } from './oracle/walk.ts';
import { shrink } from './shrink.ts';
import type { Finding } from './written.ts';

/** The examination of a model: what is looked at, and by whom. */
export interface Examination {
  readonly bounds: Bounds;
  readonly engines: readonly Configuration[];
  /** A folder for what engines keep. */
  readonly workplace: string;
  /** A listener, told before each engine is asked. */
  readonly onEngine?: (engine: string) => void;
}

/** The outcome for a model: that it has more states than are looked at, or who disagrees. */
export type Outcome =
  | { readonly kind: 'large' }
  | {
      readonly kind: 'examined';
      readonly states: number;
      readonly asked: number;
      readonly finding?: Finding;
    };

const truthsIn = ({ model, scenario }: Loaded, bounds: Bounds): Truths | undefined =>
  truthsOf(worldOf(model as never, scenario), bounds);

/** Selects the engines whose turn it is with a seed. */
const turnOf = (engines: readonly Configuration[], seed: number): readonly Configuration[] =>
  engines.filter(({ onceIn }, index) => (seed + index) % onceIn === 0);

/** Asks engines about a model, given as text, whose seed says where they are stopped and the like. */
export const examineText = async (text: string, seed: number, examination: Examination): Promise<Outcome> => {
  const { bounds, engines, workplace, onEngine } = examination;
  const make = load(text);
  const loaded = make();
  const truths = truthsIn(loaded, bounds);
  if (truths === undefined) return { kind: 'large' };
  const asked = engines.filter(({ appliesTo }) => appliesTo?.(loaded.model) ?? true);
  const disagreements: Disagreement[] = [];
  for (const engine of asked) {
    onEngine?.(engine.id);
    disagreements.push(...(await compare(make, truths, engine, { salt: seed, workplace })));
  }
  const counts = { kind: 'examined', states: truths.states, asked: asked.length } as const;
  return disagreements.length === 0 ? counts : { ...counts, finding: { seed, text, truths, disagreements } };
};

/** Asks the engines whose turn it is about the model of a seed. */
export const examine = (seed: number, examination: Examination): Promise<Outcome> =>
  examineText(textOf(modelOf(seed)), seed, {
    ...examination,
    engines: turnOf(examination.engines, seed),
  });

/** Returns the gist of a disagreement, without the names of what it is about. */
const gistOf = ({ about, got }: Disagreement): string => {
  const gist = about.replaceAll(/\w*\d+/g, '').trim();
  return about === 'an answer' ? `${gist} ${got.split(' ')[0]}` : gist;
};

const TRIES = 3000;

/** A smaller model with a disagreement of the same kind with the same engine: the first one of a finding. */
export const shrunk = async (
  finding: Finding,
  examination: Examination,
  tries: number = TRIES,
): Promise<Finding> => {
  const [first] = finding.disagreements;
  const engines = examination.engines.filter(({ id }) => id === first!.engine);
  let best = finding;
  const fails = async (smaller: Term): Promise<boolean> => {
    try {
      const outcome = await examineText(textOf(smaller), finding.seed, { ...examination, engines });
      if (outcome.kind === 'large' || outcome.finding === undefined) return false;
      if (!outcome.finding.disagreements.some((one) => gistOf(one) === gistOf(first!))) return false;
      best = outcome.finding;
      return true;
    } catch (error) {
      // The rest of the text may be no model any more.
      if (error instanceof NoModel || error instanceof SyntaxError || error instanceof ReferenceError)
        return false;
      throw error;
    }
  };
  await shrink(modelOf(finding.seed), fails, tries);
  return best;
};
