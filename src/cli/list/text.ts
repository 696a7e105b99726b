import type { Suite } from '../../claim/claim.ts';
import type { AnyModel } from '../../model/index.ts';
import { acceptedBy, wordsOf } from '../../model/checks/parameters.ts';
import { columns, hanging, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Writes a suite and its claims, each with its verdict, its model and what it asks. */
export const suiteLines = ({ id, says, claims }: Suite, { paint, width }: Terminal): readonly string[] => {
  const rows = claims.map((claim): readonly Cell[] => [
    { text: `  ${claim.id}` },
    { text: claim.length === undefined ? claim.expect : `${claim.expect} in ${claim.length}` },
    { text: claim.model.id, paint: paint.dim },
    { text: claim.invariant, paint: paint.dim },
  ]);
  return [...hanging(`${paint.bold(id)}  `, says, width, id.length + 2), ...columns(rows), ''];
};

/** Writes parts below a title, each with what it says. */
export const partLines = (
  title: string,
  parts: readonly (readonly [name: string, says: string])[],
  width: number,
): readonly string[] => {
  const longest = Math.max(0, ...parts.map(([name]) => name.length));
  return parts.length === 0
    ? []
    : [
        `  ${title}`,
        ...parts.flatMap(([name, says]) => hanging(`    ${name.padEnd(longest)}  `, says, width)),
      ];
};

/** Writes a model and its parts. */
export const modelLines = (model: AnyModel, { paint, width }: Terminal): readonly string[] => {
  const accepted = acceptedBy(model);
  const parameters = Object.entries(model.parameters).map(([name, value]) => {
    const takes = accepted[name] === undefined ? '' : ` (${wordsOf(accepted[name])})`;
    return [name, `${JSON.stringify(value)}${takes}`] as const;
  });
  const invariants = Object.entries(model.invariants).map(([name, { says }]) => [name, says] as const);
  return [
    ...hanging(`${paint.bold(model.id)}  `, model.says, width, model.id.length + 2),
    ...partLines('invariants', invariants, width),
    ...partLines('defences', Object.entries(model.defences), width),
    ...partLines('capabilities', Object.entries(model.capabilities), width),
    ...partLines('parameters', parameters, width),
    '',
  ];
};
