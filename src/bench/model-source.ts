import { readFile } from 'node:fs/promises';
import { systemOf, type System } from '../model/index.ts';
import { smiGate } from '../testing/smi-gate.ts';
import { scenarioOf, type Size } from './sizes.ts';

/** Where a peer's model comes from: written for it by hand, or exported from ours. */
export type Origin = 'by-hand' | 'exported';

/** The languages of the peers that search exhaustively. */
export type Language = 'promela' | 'murphi';

type Exporter = (system: System) => string;

/**
 * What writes a system in the language of a peer. A language that has no exporter here leaves the rows
 * of exported models out; to switch them on, name the exporter.
 */
const exporters: { readonly [language in Language]: Exporter | undefined } = {
  promela: undefined,
  murphi: undefined,
};

/** Whether models are exported in this language. */
export const isExported = (language: Language): boolean => exporters[language] !== undefined;

const written = (file: string): Promise<string> =>
  readFile(new URL(`peers/${file}`, import.meta.url), 'utf8');

/** What a size is called by the peers' models. */
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

/** Murphi's constants are part of the text: each is written anew. */
const withConstants = (text: string, size: Size): string =>
  constantsOf(size).reduce((changed, [name, value]) => {
    const declared = new RegExp(`^  ${name}: \\d+;$`, 'm');
    if (!declared.test(changed)) throw new Error(`the model does not declare ${name}`);
    return changed.replace(declared, `  ${name}: ${value};`);
  }, text);

/** The text of the reference model in `language`. By hand, Promela takes its size from the command line. */
export const modelText = async (language: Language, origin: Origin, size: Size): Promise<string> => {
  if (origin === 'by-hand') {
    return language === 'promela'
      ? written('smi-gate.pml')
      : withConstants(await written('smi-gate.m'), size);
  }
  const write = exporters[language];
  if (write === undefined) throw new Error(`no exporter writes ${language}`);
  return write(systemOf(smiGate, scenarioOf(size)));
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
