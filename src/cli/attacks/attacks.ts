import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { attackOf } from '../../attack/attack.ts';
import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import { drive } from '../../claim/engine/drive.ts';
import { isShownByPath } from '../../defence/question.ts';
import {
  classifyInSlices,
  type AttackClasses,
  type ClassifiedBy,
} from '../../defence/classes/attack-classes.ts';
import { checkModel, Fault, guarded, systemOf, type System } from '../../model/index.ts';
import { attackFile } from '../../report/attack-file.ts';
import { jsonText } from '../../report/document.ts';
import { fileName } from '../../report/file-name.ts';
import type { Limits } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { interruptible } from '../interrupt.ts';
import { select } from '../names/select.ts';
import { withLimits } from '../options/limit-options.ts';
import { limit } from '../options/numbers.ts';
import { drawn } from '../terminal/layout.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { waysLines, type ClaimWays } from './text.ts';

interface AttacksOptions extends Limits {
  readonly by?: ClassifiedBy;
  readonly maxSearches?: number;
  readonly json?: boolean;
  readonly output?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch attacks H-DEFER                        the different attacks on a claim, and the weakest adversaries
  underwatch attacks H-DEFER --by choices           told apart by each value that the adversary chooses: each register
  underwatch attacks deferral --by capabilities     for each attack of a suite: what the adversary must be able to do
  underwatch attacks H-DEFER --output found         and writes an attack file for each

Two attacks are different if one uses an action (a choice, a capability) that the other does not. Of those that use the same, a
shortest one is told; a longer one that uses no less is left out. The order of steps makes no difference.

Exit codes: 0 all there are were found, 1 a limit left some open, 2 bad usage or input, 130 interrupted.`;

const BY: readonly ClassifiedBy[] = ['actions', 'choices', 'capabilities'];
const UNASKED: readonly ClassifiedBy[] = ['actions', 'capabilities'];

/** Selects the attacks. Throws UW392 where nothing of what is named is an attack that a path shows. */
const attacksAmong = (claims: readonly Claim[], names: readonly string[]): readonly Claim[] => {
  const attacks = claims.filter(
    ({ expect, invariant, model }) => expect === 'violated' && isShownByPath(model, invariant),
  );
  if (attacks.length > 0) return attacks;
  throw new Fault('UW392', {
    where: names.join(' '),
    expected: 'a claim that is expected to be violated, and that a path shows to be',
    got: `${counted(claims.length, 'claim')} of another kind`,
    likely: 'a claim was named that holds',
    next: 'run `underwatch list` for the claims and what is expected of them',
  });
};

const systemFor = ({ model, scenario }: Claim): System => {
  checkModel(model);
  return guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
};

const dataOf = ({ claim, found }: ClaimWays): object => ({
  claim: claim.id,
  model: claim.model.id,
  invariant: claim.invariant,
  found,
});

/** Writes each attack into a file of its own, numbered by what it was told apart by. */
const writeAttacks = (folder: string, { claim, found }: ClaimWays): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // The first file that cannot be written says why.
  }
  const system = systemFor(claim);
  const { id, invariant, model, scenario } = claim;
  for (const { by, classes } of found) {
    for (const [at, { shortest, trace }] of classes.entries()) {
      const attack = guarded(`model ${model.id}, present`, () => attackOf(system, trace, shortest));
      const of = { claim: id, model: model.id, scenario, invariant, kind: 'attack' } as const;
      writePieces(join(folder, `${fileName(`${id}-${by}-${at + 1}`)}.json`), [
        jsonText(attackFile(attack, of)),
      ]);
    }
  }
};

const exitOf = (all: readonly ClaimWays[], isStopped: boolean): ExitCode => {
  if (isStopped) return EXIT.interrupted;
  const isFine = ({ found }: ClaimWays): boolean =>
    found.every(({ complete, classes }) => complete && classes.length > 0);
  return all.every(isFine) ? EXIT.asExpected : EXIT.unexpected;
};

const find = async (
  terminal: Terminal,
  names: readonly string[],
  options: AttacksOptions,
): Promise<ExitCode> => {
  const {
    by,
    config,
    json = false,
    maxSearches,
    output,
    maxDepth,
    maxStates,
    memoryLimitMb,
    timeLimitMs,
  } = options;
  const workspace = await loadWorkspace(process.cwd(), config, ['suites']);
  const claims = attacksAmong(
    select(workspace, names, []).flatMap((suite) => suite.claims),
    names,
  );
  const limits: Limits = {
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
  };
  const progress = createProgress(terminal, json);
  const all: ClaimWays[] = [];
  const isStopped = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      for (const claim of claims) {
        const found: AttackClasses[] = [];
        for (const one of by === undefined ? UNASKED : [by]) {
          if (signal.aborted) break;
          const asked = { by: one, limits, ...(maxSearches === undefined ? {} : { maxSearches }) };
          const slices = classifyInSlices(systemFor(claim), claim.invariant, asked);
          const onSlice = ({ states }: { readonly states: number }): void =>
            progress.show(`attacks  ${claim.id}, by ${one}  ${counted(states, 'state')}`);
          found.push(await drive(slices, { signal, onSlice }));
        }
        if (found.length > 0) all.push({ claim, found });
      }
      return signal.aborted;
    },
  );
  progress.clear();
  if (output !== undefined) for (const one of all) writeAttacks(output, one);
  terminal.out(
    json
      ? jsonText({ attacks: all.map(dataOf) })
      : drawn(all.flatMap((one) => [...waysLines(one, terminal), '']).join('\n'), terminal),
  );
  return exitOf(all, isStopped);
};

/**
 * `underwatch attacks`: finds all different attacks on claims, and the weakest adversaries that can make one.
 */
export const attacksCommand = (terminal: Terminal, finish: Finish): Command =>
  withLimits(
    new Command('attacks')
      .description('find all different attacks on a claim, and the weakest adversaries')
      .argument('<what...>', 'suites, models or claims, or patterns of their ids'),
  )
    .addOption(
      new Option(
        '--by <what>',
        'tell attacks apart by this alone; default: by actions and capabilities',
      ).choices(BY),
    )
    .option('--max-searches <n>', 'searches of each, at most; 500 if not given', limit('--max-searches'))
    .option('--json', 'print one JSON document, and nothing else')
    .option('--output <folder>', 'write each attack into a file of this folder')
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], options: AttacksOptions) =>
      finish(await find(terminal, names, options)),
    );
