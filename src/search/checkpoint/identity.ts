import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import {
  byName,
  canonical,
  enabledIn,
  Fault,
  scenarioText,
  stepOf,
  type State,
  type System,
  type Value,
} from '../../model/index.ts';
import { tool } from '../../model/tool.ts';
import { pathViolatesOrWitnesses } from '../trace.ts';

/** The identity of a checkpoint or cache entry, part by part: each in words, or as a digest. */
export interface Identity {
  readonly [part: string]: string;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Returns the text of every function in `value`, and all that is plain, in their order. */
const textOf = (value: unknown): string => {
  if (typeof value === 'function') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`)
    .join()}}`;
};

const WALKS = 16;
const STEPS = 24;

/**
 * Samples the model on some walks that are always the same: the texts of a model's functions do not tell what
 * the functions that they call do.
 */
const sampleOf = (system: System, invariants: readonly string[]): string => {
  const hash = createHash('sha256');
  let dice = 1;
  const draw = (below: number): number => {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((dice / 2 ** 32) * below);
  };
  const walk = (start: State): void => {
    const path = [start];
    for (let step = 0; step < STEPS; step += 1) {
      const enabled = enabledIn(system, path[step]!);
      hash.update(`${canonical(path[step]!)} ${enabled.map(({ key }) => key).join()}`);
      if (enabled.length === 0) break;
      path.push(stepOf(system, path[step]!, enabled[draw(enabled.length)]!));
    }
    for (const id of invariants) hash.update(`${id} ${pathViolatesOrWitnesses(system, id, path)}`);
  };
  for (let number = 0; number < WALKS; number += 1) {
    try {
      walk(system.initial[number % system.initial.length]!);
    } catch (error) {
      // A model that throws does so in the search, too, which tells where.
      hash.update(String(error));
    }
  }
  return hash.digest('hex').slice(0, 32);
};

/**
 * The identity of a search of `system` for `invariants`, with `options` that change how it goes. Two searches
 * with equal identities find the same, unless a function that the model's functions call was changed in a way
 * that the sample does not meet.
 */
export const identityOf = (
  system: System,
  invariants: readonly string[],
  options: { readonly [name: string]: Value },
): Identity => {
  const { model, scenario, instances, initial, setting } = system;
  const ids = Object.keys(model.invariants).filter((id) => invariants.includes(id));
  return {
    version: tool.version,
    'byte order': endianness(),
    model: model.id,
    scenario: scenarioText(scenario),
    invariants: ids.join(', '),
    options: canonical(byName(options)),
    'functions of the model': digestOf(textOf([model.actions, ids.map((id) => model.invariants[id])])),
    'steps and initial states': digestOf(
      canonical([instances, initial, setting.parameters] as unknown as Value),
    ),
    'what the model does': sampleOf(system, ids),
  };
};

/**
 * Returns the parts of `text` that differ from `other`: where both are objects as JSON, the entries that do.
 */
const differing = (text: string, other: string): string => {
  if (![text, other].every((one) => one.startsWith('{'))) return text;
  const entries = (json: string): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(JSON.parse(json) as { [key: string]: Value }).map(([key, value]) => [
        key,
        canonical(value),
      ]),
    );
  const [mine, theirs] = [entries(text), entries(other)];
  const keys = [...new Set([...mine.keys(), ...theirs.keys()])];
  return keys
    .filter((key) => mine.get(key) !== theirs.get(key))
    .map((key) => `${key} ${mine.get(key) ?? 'not given'}`)
    .join(', ');
};

/**
 * Checks that what is kept at `path` belongs to what is wanted now. Throws UW312, naming what differs, if
 * not.
 */
export const needSame = (path: string, kept: Identity, wanted: Identity): void => {
  for (const part of Object.keys({ ...wanted, ...kept })) {
    const [is, was] = [wanted[part] ?? 'none', kept[part] ?? 'none'];
    if (is === was) continue;
    throw new Fault('UW312', {
      where: path,
      expected: `${part}: ${differing(is, was)}`,
      got: `${part}: ${differing(was, is)}`,
      likely: 'the model, the selection, an option or underwatch itself changed since it was written',
      next: 'go on with what it was written with, or begin anew with --checkpoint and another folder',
    });
  }
};
