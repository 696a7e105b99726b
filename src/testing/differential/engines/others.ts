import type { Attack } from '../../../attack/attack.ts';
import { certify } from '../../../attack/shortest.ts';
import { suite } from '../../../claim/claim.ts';
import { runClaims } from '../../../claim/run/run.ts';
import { FORMATS } from '../../../export/formats.ts';
import type { System } from '../../../model/index.ts';
import { searchRandomly } from '../../../search/random/campaign.ts';
import { lengthOf, type Trace } from '../../../search/result.ts';
import { learnAll } from '../../../search/learn-all.ts';
import { claimsOf, saidIn, type Answers, type Configuration, type Said } from './engine.ts';

type Run = Configuration['run'];

const certified = (system: System, id: string, trace: Trace): Pick<Said, 'trace' | 'shortest' | 'length'> => {
  const slices = certify(system, id, trace);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  const { trace: found, shortest } = slice.value;
  return { trace: found, shortest, length: lengthOf(found) };
};

/** Random runs: their findings are made shortest, and are said to be so. */
export const random: Run = (system, { salt }): Answers => {
  const { verdicts } = searchRandomly(system, { seed: salt, runs: 25, maxDepth: 25 });
  const claims = Object.entries(saidIn(verdicts)).map(([id, said]) => [
    id,
    said.trace === undefined ? said : { ...said, ...certified(system, id, said.trace) },
  ]);
  return { claims: Object.fromEntries(claims) as Answers['claims'] };
};

/**
 * Finds faults in the states and steps of a text in the Aldebaran format, whose states are numbered breadth
 * first.
 */
const readAut = (text: string, states: number, transitions: number, depth: number): string | undefined => {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const head = /^des \(0, (\d+), (\d+)\)$/.exec(first);
  if (head === null) return `it begins with ${first}`;
  const depths = new Map([[0, 0]]);
  const edges = lines.map((line) => /^\((\d+), "([^"]*)", (\d+)\)$/.exec(line));
  const initials = edges.filter((edge) => edge?.[2]?.startsWith('initial ')).length;
  for (const edge of edges) {
    if (edge === null) return 'a line is none of the format';
    const [from, to] = [Number(edge[1]), Number(edge[3])];
    if (!depths.has(to)) depths.set(to, depths.get(from)! + 1);
  }
  const before = initials > 0 ? 1 : 0;
  const found = [depths.size - before, edges.length - initials, Math.max(...depths.values()) - before];
  const said = [Number(head[2]) - before, Number(head[1]) - initials, depth];
  const wanted = [states, transitions, depth].join();
  return found.join() === wanted && said.join() === wanted
    ? undefined
    : `states, transitions, depth: it has ${found.join()} and says ${said.join()}, which are ${wanted}`;
};

const AUTHOR = { name: 'underwatch', version: '0.0.0' } as const;

/** Exports all that is learned, and reads it as another reader does. */
export const exported: Run = (system): Answers => {
  const learned = learnAll(system);
  const { states, transitions, depth } = learned;
  const text = [...FORMATS.aut.write(learned, AUTHOR)].join('');
  const misread = readAut(text, states, transitions, depth);
  // The texts of other formats are other checkers' to read: that they can be written is tried here.
  for (const format of ['promela', 'murphi', 'dot'] as const)
    [...FORMATS[format].write(learned, AUTHOR)].join('');
  const claims = learned.invariants.map(({ id, kind, hits }): [string, Said] => {
    const isShown = kind === 'sometimes' ? hits > 0 : hits === 0;
    return [id, { kind: isShown ? 'holds' : 'violated', shortest: false }];
  });
  return {
    claims: Object.fromEntries(claims),
    counts: { states, transitions, depth, complete: true },
    ...(misread === undefined ? {} : { misread }),
  };
};

/** Returns the path that an attack tells of. */
const traceOf = ({ initial, steps, onward }: Attack): Trace => ({
  initial,
  steps: steps.map(({ action, choices }) => ({ action, choice: choices })),
  ...(onward === undefined ? {} : { onward }),
});

/** Decides the claims of a model as a run of `verify` does. */
export const claimed =
  (engine: 'auto' | 'exhaustive'): Run =>
  async (system): Promise<Answers> => {
    const { model, scenario } = system;
    const { claims } = suite({
      id: 'generated',
      says: 'generated claims',
      model,
      claims: Object.fromEntries(
        claimsOf(system, () => true).map((id) => [
          id,
          { invariant: id, expect: 'holds' as const, says: id, source: 'generated', ...scenario },
        ]),
      ),
    });
    const { results } = await runClaims(claims, { engine });
    for (const { fault } of results) if (fault !== undefined) throw fault;
    return {
      claims: Object.fromEntries(
        results.map(({ claim, verdict, attack, witness }): [string, Said] => {
          const path = attack ?? witness;
          return [
            claim.invariant,
            path === undefined
              ? { kind: verdict, shortest: false }
              : { kind: verdict, shortest: path.shortest, length: path.length, trace: traceOf(path) },
          ];
        }),
      ),
    };
  };
