import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  findDefences,
  statesOf,
  type Claim,
  type DefenceReport,
  type KnownTrace,
  type Trace,
} from 'underwatch';
import { systemOf, type State, type System } from 'underwatch/model';
import { describe, expect, test } from 'vitest';
import { suites } from './index.ts';

/** The claims of each recorded file. */
const RECORDED: { readonly [model: string]: (claim: Claim) => boolean } = {
  hypersentry: ({ id, suite }) =>
    suite === 'fake-smi' ||
    ['H-DEFER', 'H-STEALTH', 'H-CLGI', 'H-DEFER-BY-GBL-SMI-EN', 'H-REROUTE-SCI'].includes(id),
  smram: ({ suite }) => suite === 'smram' || suite === 'smram-handler',
  pioneer: ({ suite }) => suite === 'pioneer-control' || suite === 'pioneer-forgery',
};

const fileOf = (model: string): string =>
  fileURLToPath(new URL(`../reports/defences/${model}.json`, import.meta.url));

const attacksOn = (model: string): readonly Claim[] =>
  suites
    .flatMap(({ claims }) => claims)
    .filter((claim) => claim.model.id === model && claim.expect === 'violated' && RECORDED[model]!(claim));

const pathText = ({ initial, steps }: Trace): string =>
  `${initial}: ${steps.map(({ action, choice }) => `${action} ${JSON.stringify(choice)}`).join('; ')}`;

/** The table with one line for each set, a cell in a few characters, so that a change can be read. */
const recordOf = ({
  attacks,
  defences,
  matrix,
  model,
  stopped,
  together,
  unstoppable,
}: DefenceReport): object => {
  const cellText = (row: number, set: string): string =>
    defences
      .map((defence) => {
        const cell = matrix!.rows[row]!.cells.find((one) => one.defence === defence && one.set === set)!;
        const shown = cell.verdict === 'open' ? `open by ${cell.attack}` : cell.verdict;
        return `${shown}${cell.endsAt === undefined ? '' : ` ends at ${cell.endsAt}`}`;
      })
      .join(' | ');
  return {
    model,
    defences,
    cheapest: together.sets[0]?.defences ?? null,
    enough: together.sets.map(
      (set) => `${set.defences.join(' ')} (cost ${set.cost}${set.minimal ? '' : ', open'})`,
    ),
    notEnough: together.insufficient.map(({ attack, lacks }) => `all but ${lacks.join(' ')}: ${attack.id}`),
    harmful: together.harmful.map((one) => one.defences.join(' ')),
    essential: together.essential,
    useless: together.useless,
    stopped,
    unstoppable,
    attacks: attacks.map(({ enough, id, invariant }, row) => ({
      id,
      invariant,
      enough: enough.sets.map((set) => set.defences.join(' ')),
      vacuous: enough.sets.filter((set) => set.vacuousFor.length > 0).map((set) => set.defences.join(' ')),
      aloneOn: cellText(row, 'alone on'),
      aloneOff: cellText(row, 'alone off'),
      known: matrix!.rows[row]!.known.map(({ trace }) => pathText(trace)),
    })),
  };
};

/** Whether the last state, or step, of an attack breaks the invariant, by the model's own function alone. */
const isBroken = ({ model, setting }: System, invariant: string, states: readonly State[]): boolean => {
  const claim = model.invariants[invariant]!;
  if (claim.kind === 'always')
    return states.some((state) => (claim.given?.(state, setting) ?? true) && !claim.holds(state, setting));
  throw new Error(`${invariant} is no always`);
};

const works = (claim: Claim, on: readonly string[], { trace }: KnownTrace): boolean => {
  const without = Object.keys(claim.model.defences).filter((name) => !on.includes(name));
  const system = systemOf(claim.model, { ...claim.scenario, without });
  return isBroken(system, claim.invariant, statesOf(system, trace));
};

describe.each(Object.keys(RECORDED))('what stops the known attacks on %s', (model) => {
  const claims = attacksOn(model);
  const report = findDefences(claims, { matrix: true });
  const rows = report.matrix!.rows;

  test('is what is recorded', () => {
    const text = `${JSON.stringify(recordOf(report), undefined, 2)}\n`;
    if (process.env['UPDATE'] === '1' || !existsSync(fileOf(model))) {
      mkdirSync(fileURLToPath(new URL('../reports/defences', import.meta.url)), { recursive: true });
      writeFileSync(fileOf(model), text);
    }
    expect(text).toBe(readFileSync(fileOf(model), 'utf8'));
  });

  test('is decided: each cell is a proof or an attack, and each attack works there, step by step', () => {
    let open = 0;
    for (const [row, { cells, known }] of rows.entries()) {
      for (const { attack, defence, set, verdict } of cells) {
        expect(verdict).not.toBe('undecided');
        expect(attack === undefined).toBe(verdict === 'holds');
        if (attack === undefined) continue;
        open += 1;
        const on = set === 'alone on' ? [defence] : report.defences.filter((one) => one !== defence);
        expect(works(claims[row]!, on, known[attack]!)).toBe(true);
      }
    }
    expect(open).toBeGreaterThan(claims.length);
  });

  test('has for each defence of a minimal set an attack that works without it', () => {
    for (const [row, { enough, known }] of report.attacks.entries()) {
      const claim = claims[row]!;
      const own = report.defences.filter((name) => !claim.scenario.without.includes(name));
      for (const { defences, without } of enough.sets) {
        expect(without.map(({ defence }) => defence)).toEqual(defences);
        for (const { attack, defence } of without) {
          const on = [...own, ...defences.filter((name) => name !== defence)];
          expect(works(claim, on, known[attack!.known]!)).toBe(true);
        }
      }
    }
  });
});
