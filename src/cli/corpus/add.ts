import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { certify } from '../../attack/shortest.ts';
import { attackOf } from '../../attack/attack.ts';
import { drive } from '../../claim/engine/drive.ts';
import { Fault, guarded, systemOf, type AnyModel } from '../../model/index.ts';
import { attackFile, parseAttackFile, traceOf, type AttackFile } from '../../report/attack-file.ts';
import { createReplayer, lossWords, questionKey, type KeptAttack } from '../../report/corpus/corpus.ts';
import { jsonText } from '../../report/document.ts';
import { fileName } from '../../report/file-name.ts';
import { makeFolder } from '../../search/checkpoint/folder.ts';
import { minimise } from '../../search/random/shrinking/minimise.ts';
import { lengthOf, type Limits } from '../../search/result.ts';
import { statesOf } from '../../search/trace.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { kindOf, readText } from '../workspace/read-file.ts';
import { writePieces } from '../terminal/write-pieces.ts';

/** The outcome of adding an attack. */
export interface Added {
  readonly path: string;
  readonly claim: string;
  readonly kind: 'added' | 'shorter' | 'renewed' | 'kept';
  /** The number of steps of what is kept now, and of what was kept before. */
  readonly length: number;
  readonly before?: number;
  readonly shortest: boolean;
}

/** The request to add an attack, and where. */
export interface Adding {
  readonly folder: string;
  readonly models: readonly AnyModel[];
  /** The limits of the search for a shorter one. */
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** Returns the attack files that are named, those of a folder by their names. Throws UW301. */
const filesIn = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) =>
    kindOf(path, 'an attack file or a folder of them') === 'folder'
      ? readdirSync(path)
          .filter((name) => name.endsWith('.json'))
          .toSorted()
          .map((name) => posix.join(path, name))
      : [path],
  );

const useless = (path: string, got: string): Fault =>
  new Fault('UW396', {
    where: path,
    expected: 'an attack that works on the model as it stands',
    got,
    likely: 'the model, a defence or a register value changed since it was found',
    next: 'find the attack again with `underwatch verify`, and add that one',
  });

/**
 * Returns the attack without the steps that it does not need; shorter still where a search within limits
 * finds a shorter one.
 */
const smallest = async (
  model: AnyModel,
  file: AttackFile,
  { limits, signal }: Adding,
): Promise<AttackFile> => {
  if (file.shortest) return file;
  const { claim, invariant, kind, scenario } = file;
  const system = systemOf(model, scenario);
  const shows = (trace: ReturnType<typeof traceOf>): boolean =>
    violatesOrWitnesses(system, invariant, statesOf(system, trace));
  const { initial, steps } = traceOf(file);
  const fewer = guarded(`model ${model.id}`, () => minimise(system, { initial, steps }, shows));
  const { shortest, trace } = await drive(certify(system, invariant, fewer, limits), {
    signal,
    onSlice: () => {},
  });
  return attackFile(attackOf(system, trace, shortest), {
    claim,
    invariant,
    kind,
    model: model.id,
    scenario,
  });
};

/** Decides what to do about an attack of this name that is kept already. */
const beside = (
  kept: KeptAttack | undefined,
  file: AttackFile,
  replay: ReturnType<typeof createReplayer>,
): Pick<Added, 'before' | 'kind'> => {
  if (kept === undefined) return { kind: 'added' };
  const before = lengthOf(kept.attack);
  const works = lossWords(replay(kept)) === undefined;
  if (!works || questionKey(kept.attack) !== questionKey(file)) return { kind: 'renewed', before };
  const isBetter =
    lengthOf(file) < before || (lengthOf(file) === before && file.shortest && !kept.attack.shortest);
  return { kind: isBetter ? 'shorter' : 'kept', before };
};

/**
 * Adds attacks to a corpus, under the names of their claims, or under `name`: each is replayed, and made
 * smaller unless it is known to be shortest. A kept attack stays where it works, answers the same question
 * and is as short. Throws UW301, UW302 and UW501 for files, UW396 for an attack that does not work, and what
 * a search throws.
 */
export const addAttacks = async (
  paths: readonly string[],
  name: string | undefined,
  adding: Adding,
): Promise<readonly Added[]> => {
  const { folder, models } = adding;
  const replay = createReplayer(models);
  const added: Added[] = [];
  for (const path of filesIn(paths)) {
    if (adding.signal.aborted) break;
    const attack = parseAttackFile(path, readText(path, 'an attack file'), { anyVersion: false });
    const lost = lossWords(replay({ path, attack }));
    const model = models.find(({ id }) => id === attack.model);
    if (lost !== undefined || model === undefined) throw useless(path, lost ?? `model ${attack.model}`);
    const file = await smallest(model, attack, adding);
    const target = posix.join(folder, `${fileName(name ?? attack.claim)}.json`);
    const kept = existsSync(target)
      ? {
          path: target,
          attack: parseAttackFile(target, readText(target, 'an attack file'), { anyVersion: true }),
        }
      : undefined;
    const { before, kind } = beside(kept, file, replay);
    if (kind !== 'kept') {
      makeFolder(folder);
      writePieces(target, [jsonText(file)]);
    }
    const now = kind === 'kept' && kept !== undefined ? kept.attack : file;
    added.push({
      path: target,
      claim: attack.claim,
      kind,
      length: lengthOf(now),
      shortest: now.shortest,
      ...(before === undefined ? {} : { before }),
    });
  }
  return added;
};
