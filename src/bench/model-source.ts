import { readFile } from 'node:fs/promises';
import { FORMATS, learnFor } from '../export/formats.ts';
import { systemOf, type System } from '../model/index.ts';
import { tool } from '../model/tool.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { scenarioOf, type Size } from './sizes.ts';

/** The origin of a peer's model: written for it by hand, or exported from ours. */
export type Origin = 'by-hand' | 'exported';

/** The languages of the peers that search exhaustively. */
export type Language = 'promela' | 'murphi';

const exported = (language: Language, system: System): string =>
  [...FORMATS[language].write(learnFor(language, system, { maxStates: Number.MAX_SAFE_INTEGER }), tool)].join(
    '',
  );

const written = (file: string): Promise<string> =>
  readFile(new URL(`peers/${file}`, import.meta.url), 'utf8');

/** Returns the constants of a size, as the peers' models name them. */
export const constantsOf = ({
  cores,
  pending,
  nonces,
  lock,
  check,
}: Size): readonly (readonly [string, number])[] => [
  ['C', cores],
  ['K', pending],
  ['N', nonces],
  ['LOCK', lock ? 1 : 0],
  ['CHECK', check ? 2 : 1],
];

/** Writes constants into Murphi, where they are part of the text. */
const withConstants = (text: string, size: Size): string =>
  constantsOf(size).reduce((changed, [name, value]) => {
    const declared = new RegExp(`^  ${name}: \\d+;$`, 'm');
    if (!declared.test(changed)) throw new Error(`the model does not declare ${name}`);
    return changed.replace(declared, `  ${name}: ${value};`);
  }, text);

/**
 * Returns the text of the reference model in `language`. By hand, Promela takes its size from the command
 * line.
 */
export const modelText = async (language: Language, origin: Origin, size: Size): Promise<string> => {
  if (origin === 'by-hand') {
    return language === 'promela'
      ? written('smi-gate.pml')
      : withConstants(await written('smi-gate.m'), size);
  }
  return exported(language, systemOf(smiGate, scenarioOf(size)));
};

/** The reference model in Quint, with its instance of a size: two modules of two files. */
export const quintModules = async ({
  cores,
  pending,
  nonces,
  lock,
  check,
}: Size): Promise<{
  readonly [file: string]: string;
}> => {
  const values = `C = ${cores}, K = ${pending}, N = ${nonces}, LOCK = ${lock}, CHECK = ${check ? 2 : 1}`;
  return {
    'smi-gate.qnt': await written('smi-gate.qnt'),
    'gate.qnt': `module gate {\n  import smiGate(${values}).* from "./smi-gate"\n}\n`,
  };
};
