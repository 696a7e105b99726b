import type { Attack } from '../../attack/attack.ts';
import { Fault, type AnyModel } from '../../model/index.ts';
import type { AttackFile } from '../../report/attack-file.ts';
import { attackSvg } from '../../report/picture/attack-svg.ts';
import { writePieces } from '../terminal/write-pieces.ts';

/** The fault of fields to draw, without a picture to draw them in. */
export const fieldsAlone = (fields: string): Fault =>
  new Fault('UW304', {
    where: '--fields',
    expected: '--svg beside it',
    got: fields,
    likely: 'the file for the picture was left out',
    next: 'name the file: --svg attack.svg',
  });

/** Draws an attack into the file that --svg names, if it names one. Throws UW356 and UW604. */
export const draw = (
  { claim, invariant, kind }: AttackFile,
  model: AnyModel,
  attack: Attack,
  works: boolean,
  { fields, svg }: { readonly fields?: string; readonly svg?: string },
): void => {
  if (svg === undefined) return;
  const verb = kind === 'witness' ? 'show' : 'break';
  const does = works ? `${verb}s` : `does not ${verb}`;
  const caption = { claim, outcome: `${does} ${invariant}: ${model.invariants[invariant]?.says ?? ''}` };
  const named = fields?.split(',').map((field) => field.trim());
  writePieces(svg, [attackSvg(attack, named === undefined ? caption : { ...caption, fields: named })]);
};
