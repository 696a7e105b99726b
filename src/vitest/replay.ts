import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { configIn } from '../claim/modules/config-in.ts';
import { importedBy } from '../claim/modules/imported.ts';
import { siteOf } from '../model/call-site.ts';
import { userFrames } from '../model/frames.ts';
import type { AnyModel } from '../model/index.ts';
import { shown } from '../model/shown.ts';
import type { AttackFile } from '../report/attack-file.ts';
import { commandLine, quoted } from '../report/command-line.ts';
import { jsonText } from '../report/document.ts';
import { attackPath } from '../report/paths.ts';
import { scopeWords } from '../report/scope/scope-words.ts';
import { makeFolder } from '../search/checkpoint/folder.ts';

/** The folder in which tests leave the attacks that they tell. */
export const FOLDER = 'reports/latest/vitest';

/** The test that found something. */
export interface Finder {
  /** The path of its file. */
  readonly file: string | undefined;
  /** The name, or the beginning of it. */
  readonly name: string;
}

/** Returns the command that runs a test again. */
export const testAgain = ({ file, name }: Finder): string => {
  const path = file === undefined ? [] : [quoted(relative(process.cwd(), file))];
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return ['npx vitest run', ...path, '-t', quoted(pattern)].join(' ');
};

const known = new WeakMap<AnyModel, boolean>();

const isImportedByConfig = (model: AnyModel): boolean => {
  const config = configIn(process.cwd());
  if (config === undefined) return false;
  try {
    const imported = importedBy(config);
    return userFrames(siteOf(model)).some(({ file }) => imported.includes(file));
  } catch {
    return false;
  }
};

/**
 * Whether `underwatch replay` finds the model: the configuration imports the file that declares it, or is
 * that file.
 */
export const isInConfig = (model: AnyModel): boolean => {
  const is = known.get(model) ?? isImportedByConfig(model);
  known.set(model, is);
  return is;
};

/**
 * Returns the command that shows an attack again. Where the command line knows its model, the attack is
 * written into a file beneath `folder`, and replayed from there; elsewhere, and where that cannot be written,
 * its test finds it again.
 */
export const replayCommand = (
  attack: AttackFile,
  isKnown: boolean,
  finder: Finder,
  folder: string = FOLDER,
): string => {
  if (!isKnown) return testAgain(finder);
  const path = join(folder, attackPath(attack.claim));
  try {
    makeFolder(dirname(path));
    // A reader meanwhile finds all of it.
    writeFileSync(`${path}.${process.pid}.tmp`, jsonText(attack));
    renameSync(`${path}.${process.pid}.tmp`, path);
    return commandLine('replay', path);
  } catch {
    return testAgain(finder);
  }
};

/**
 * Writes the lines after an attack's story: what it breaks, under which conditions, and how to see it again.
 */
export const endLines = (model: AnyModel, attack: AttackFile, finder: Finder): readonly string[] => {
  const { invariant, scenario } = attack;
  return [
    `  breaks  ${shown(`${invariant}: ${model.invariants[invariant]?.says ?? ''}`)}`,
    `  scope   ${shown(scopeWords(model, scenario))}`,
    `  replay  ${shown(replayCommand(attack, isInConfig(model), finder))}`,
  ];
};
