import { attackOf, type Attack } from '../../attack/attack.ts';
import { shrinkCase } from '../../attack/shrink/shrink.ts';
import {
  guarded,
  scenarioText,
  systemOf,
  type AnyModel,
  type Scenario,
  type Value,
} from '../../model/index.ts';
import { shown } from '../../model/shown.ts';
import { attackFile, traceOf, type AttackFile } from '../../report/attack-file.ts';
import { hanging } from '../terminal/layout.ts';

/** A recorded attack without the parts that it does not need. */
export interface Shrunk {
  readonly file: AttackFile;
  readonly attack: Attack;
}

/** Shrinks an attack that runs, and its scenario. */
export const shrunkOf = (model: AnyModel, file: AttackFile): Shrunk => {
  const { claim, invariant, kind, scenario } = file;
  const small = guarded(`model ${model.id}`, () =>
    shrinkCase(model, invariant, { scenario, trace: traceOf(file) }),
  );
  const isSame =
    scenarioText(small.scenario) === scenarioText(scenario) && small.trace.steps.length === file.steps.length;
  const system = systemOf(model, small.scenario);
  const attack = guarded(`model ${model.id}, present`, () =>
    attackOf(system, small.trace, isSame && file.shortest),
  );
  const of = { claim, invariant, kind, model: file.model, scenario: small.scenario };
  return { attack, file: attackFile(attack, of) };
};

const sizeOf = (value: Value): number | undefined => {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
};

type Rows = readonly (readonly [name: string, size: number, left: string])[];

const sizes = (scenario: Scenario): Rows => [
  ['capabilities', scenario.capabilities.length, scenario.capabilities.join(', ')],
  ['defences off', scenario.without.length, scenario.without.join(', ')],
  ...Object.entries(scenario.parameters).flatMap(([name, value]) => {
    const size = sizeOf(value);
    return size === undefined ? [] : [[name, size, size === 0 ? '' : JSON.stringify(value)] as const];
  }),
];

/** Writes what became less: `capabilities  6 → 3: config, hide, ports`. */
export const shrunkLines = (before: AttackFile, { file }: Shrunk, columns: number): readonly string[] => {
  const rows = (one: AttackFile): Rows => [['steps', one.steps.length, ''], ...sizes(one.scenario)];
  const now = new Map(rows(file).map(([name, ...rest]) => [name, rest]));
  const width = Math.max(...rows(before).map(([name]) => name.length));
  return rows(before).flatMap(([name, size]) => {
    const [less, left] = now.get(name) ?? [0, ''];
    const change = size === less ? String(size) : `${size} → ${less}`;
    return hanging(`  ${shown(name.padEnd(width))}  `, left === '' ? change : `${change}: ${left}`, columns);
  });
};
