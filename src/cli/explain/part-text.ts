import { shown } from '../../model/shown.ts';
import type { Claim } from '../../claim/claim.ts';
import { canonical, type AnyModel, type Value } from '../../model/index.ts';
import { acceptedBy, wordsOf } from '../../model/checks/parameters.ts';
import { columnsWithText, hanging } from '../terminal/layout.ts';
import type { Workspace } from '../workspace/load-config.ts';
import type { NamedPart } from '../names/named.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { expectedWords } from './claim-text.ts';

/** A part of a model: what it says, and to which claims it makes a difference. */
interface Part {
  readonly says: string;
  readonly title: string;
  readonly isConcerned: (claim: Claim) => boolean;
}

const parameterWords = (model: AnyModel, id: string): string => {
  const own = (model.parameters as { readonly [name: string]: Value })[id] ?? null;
  const accepted = acceptedBy(model)[id];
  return `${canonical(own)}${accepted === undefined ? '' : ` (${wordsOf(accepted)})`}`;
};

const partOf = ({ kind, id, model }: NamedPart): Part => {
  switch (kind) {
    case 'defence':
      return {
        says: model.defences[id] ?? '',
        title: 'claims with it off',
        isConcerned: ({ scenario }) => scenario.without.includes(id),
      };
    case 'capability':
      return {
        says: model.capabilities[id] ?? '',
        title: 'claims whose adversary has it',
        isConcerned: ({ scenario }) => scenario.capabilities.includes(id),
      };
    case 'parameter':
      return {
        says: parameterWords(model, id),
        title: 'claims that set it',
        isConcerned: ({ scenario }) => Object.hasOwn(scenario.parameters, id),
      };
    case 'action': {
      const action = model.actions[id];
      const needs = action?.needs;
      return {
        says: `${action?.actor} ${action?.says}${needs === undefined ? '' : `; needs ${needs}`}`,
        title: 'claims in which nobody can do it',
        isConcerned: ({ scenario }) => needs !== undefined && !scenario.capabilities.includes(needs),
      };
    }
    case 'invariant': {
      const invariant = model.invariants[id];
      return {
        says: `${invariant?.kind}: ${invariant?.says} (source: ${invariant?.source})`,
        title: 'claims that ask it',
        isConcerned: (claim) => claim.invariant === id,
      };
    }
  }
};

/**
 * Writes a defence, a capability, a parameter, an invariant or an action: what it is, and which claims it is
 * about.
 */
export const partText = (part: NamedPart, { suites }: Workspace, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const { kind, id, model } = part;
  const { says, title, isConcerned } = partOf(part);
  const rows = suites
    .flatMap(({ claims }) => claims)
    .filter((claim) => claim.model === model && isConcerned(claim))
    .map((claim) => ({
      cells: [{ text: `    ${claim.id}` }, { text: expectedWords(claim) }],
      text: claim.says,
    }));
  return [
    `${paint.bold(shown(id))}  ${kind} of model ${model.id}`,
    ...hanging('  ', says, width),
    ...(rows.length === 0 ? [] : [paint.dim(`  ${title}`), ...columnsWithText(rows, width)]),
    '',
  ];
};
