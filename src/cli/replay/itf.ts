import { attackOf } from '../../attack/attack.ts';
import { systemOf, type AnyModel } from '../../model/index.ts';
import { traceOf, type AttackFile } from '../../report/attack-file.ts';
import { jsonText } from '../../report/document.ts';
import { itfTrace } from '../../report/itf/itf.ts';
import { statesOf } from '../../search/trace.ts';
import { writePieces } from '../terminal/write-pieces.ts';

/** Writes the states of an attack that runs into the file that --itf names, if it names one. Throws UW604. */
export const writeItf = (file: AttackFile, model: AnyModel, path: string | undefined): void => {
  if (path === undefined) return;
  const system = systemOf(model, file.scenario);
  const trace = traceOf(file);
  const attack = attackOf(system, trace, file.shortest);
  writePieces(path, [jsonText(itfTrace(file, model, attack, statesOf(system, trace)))]);
};
