import type { AttackStep } from '../../../attack/attack.ts';
import { valueText } from '../../../attack/changes.ts';
import {
  judgementOf,
  walk,
  waysFrom,
  type Judgement,
  type Path,
  type Walked,
} from '../../../attack/walk/walk.ts';
import { explainSteps } from '../../../attack/why/why.ts';
import { byName, canonical, type System, type Value } from '../../../model/index.ts';
import { targetOf } from '../../mermaid.ts';
import type { PageStep } from '../data.ts';
import { fieldsAlong } from './fields.ts';
import type { JudgementText, Named, Session, Situation } from './situation.ts';

const pageStep = (step: AttackStep): PageStep => {
  const { action, actor, changes, choices, text } = step;
  return { from: actor, to: targetOf(step), text, action, choices, changes };
};

const judgementText = (system: System, { grounds, ...judgement }: Judgement): JudgementText => ({
  ...judgement,
  grounds: grounds.map(({ field, otherwise, value }) => ({
    field,
    value: valueText(system, field, value),
    ...(otherwise === undefined ? {} : { otherwise: valueText(system, field, otherwise) }),
  })),
});

const namedIn = (parts: { readonly [name: string]: string }): readonly Named[] =>
  Object.entries(parts).map(([name, says]) => ({ name, says }));

/** Walks a path, and remembers the last one: its reader goes through its places. */
const remembering = (system: System): ((path: Path) => Walked) => {
  let last: { readonly key: string; readonly walked: Walked } | undefined;
  return (path) => {
    const key = `${path.start} ${path.taken.join('.')}`;
    if (last?.key !== key) last = { key, walked: walk(system, path) };
    return last.walked;
  };
};

/** Makes a session, in which a page walks through a system. */
export const sessionOf = (system: System): Session => {
  const { instances, model } = system;
  const walked = remembering(system);
  const keyOf = (action: string, choice: { readonly [name: string]: Value }): string =>
    `${action} ${canonical(byName(choice))}`;
  const numbers = new Map(instances.map(({ action, choice }, number) => [keyOf(action, choice), number]));
  return {
    says: model.says,
    starts: system.initial.length,
    defences: namedIn(model.defences),
    capabilities: namedIn(model.capabilities),
    invariants: Object.entries(model.invariants).map(([name, { says }]) => ({ name, says })),
    numberOf: ({ action, choices }) => numbers.get(keyOf(action, choices)),
    stepOf: (number) => {
      const instance = instances[number];
      return instance === undefined ? undefined : { action: instance.action, choices: instance.choice };
    },
    why: (invariant, { start, taken }) => {
      const steps = taken.flatMap((number) => instances[number] ?? []);
      return explainSteps(system, invariant, { initial: start, steps });
    },
    look: (path, at, first): Situation => {
      const { states, steps, stopped } = walked(path);
      const place = Math.min(at, steps.length);
      const ids = Object.keys(model.invariants);
      return {
        steps: steps.map(pageStep),
        fields: fieldsAlong(system, states),
        ways: waysFrom(system, states.slice(0, place + 1)).map((way) => ({
          ...way,
          step: pageStep(way.step),
        })),
        judgements: ids
          .toSorted((one, other) => Number(other === first) - Number(one === first))
          .map((id) => judgementText(system, judgementOf(system, id, states, place))),
        ...(stopped === undefined ? {} : { stopped }),
      };
    },
  };
};
