import type { AnyModel } from '../../model/index.ts';
import type { Workspace } from '../workspace/load-config.ts';

/** The kinds of parts of a model that have ids. */
export type PartKind = 'invariant' | 'defence' | 'capability' | 'parameter' | 'action';

/** The kinds of things that an id of the command line may name. */
export type Kind = 'suite' | 'claim' | 'model' | 'study' | 'part' | PartKind;

/** A part of a model. */
export interface NamedPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly model: AnyModel;
}

/** A thing that has an id. */
export type Named = NamedPart | { readonly kind: Exclude<Kind, PartKind>; readonly id: string };

/** Whether a thing has an id; capitals count as small letters, as where ids are checked. */
export const isCalled = (id: string, name: string): boolean => id.toLowerCase() === name.toLowerCase();

const partsOf = (model: AnyModel): readonly NamedPart[] =>
  (
    [
      ['invariant', model.invariants],
      ['defence', model.defences],
      ['capability', model.capabilities],
      ['parameter', model.parameters],
      ['action', model.actions],
    ] as const
  ).flatMap(([kind, parts]) => Object.keys(parts).map((id) => ({ kind, id, model })));

/** Returns the parts of all models. */
export const partsIn = ({ models }: Workspace): readonly NamedPart[] => models.flatMap(partsOf);

/** Lists everything in a workspace that has an id. */
export const namedIn = (workspace: Workspace): readonly Named[] => [
  ...workspace.suites.map(({ id }): Named => ({ kind: 'suite', id })),
  ...workspace.models.map(({ id }): Named => ({ kind: 'model', id })),
  ...workspace.parts.map(({ id }): Named => ({ kind: 'part', id })),
  ...workspace.suites.flatMap(({ claims }) => claims.map(({ id }): Named => ({ kind: 'claim', id }))),
  ...workspace.studies.map(({ id }): Named => ({ kind: 'study', id })),
  ...partsIn(workspace),
];
