import { shown } from '../../model/text/shown.ts';
import { Command } from 'commander';
import { attackOf, type Attack } from '../../attack/attack.ts';
import { Fault, guarded, type System } from '../../model/index.ts';
import { parseAttackFile, traceOf, type AttackFile } from '../../report/attack-file.ts';
import { errorEntry } from '../../report/entries.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import { lengthOf } from '../../search/result.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { statesOf } from '../../search/trace.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { hanging, drawn } from '../terminal/layout.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { readText } from '../workspace/read-file.ts';
import { attackSystem } from './attack-system.ts';
import { draw, fieldsAlone } from './draw.ts';
import { shrunkLines, shrunkOf, type Shrunk } from './shrunk.ts';
import { storyLines } from '../terminal/story.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writePieces } from '../terminal/write-pieces.ts';

interface ReplayOptions {
  readonly anyVersion?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly shrink?: boolean;
  readonly output?: string;
  readonly svg?: string;
  readonly fields?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch replay reports/latest/verify/attacks/H-DEFER.json
  underwatch replay --verbose reports/latest/verify/attacks/H-DEFER.json     with what each step changes
  underwatch replay --shrink mine.json --output smaller.json                 without what it does not need
  underwatch replay reports/latest/verify/attacks/H-DEFER.json --svg defer.svg --fields kernel,cores.0.mode

--shrink removes steps, and from the scenario capabilities, switched-off defences and elements of lists, as long as the
attack still does what was recorded. No single part of the result can be removed. Another attack may be shorter.

Exit codes: 0 it still does what was recorded, 1 it does not any more, 2 the file cannot be used.`;

/** What came of running an attack again. */
type Replayed =
  | { readonly kind: 'same'; readonly attack: Attack }
  | { readonly kind: 'harmless'; readonly attack: Attack }
  | { readonly kind: 'refused'; readonly fault: Fault };

const run = (system: System, file: AttackFile): Replayed => {
  const trace = traceOf(file);
  try {
    const states = statesOf(system, trace);
    const same = violatesOrWitnesses(system, file.invariant, states);
    const { initial, steps } = trace;
    // Where a way leads back after all, the story must not say that none does.
    const told = same ? trace : { initial, steps };
    const attack = guarded(`model ${file.model}, present`, () => attackOf(system, told, file.shortest));
    return { kind: same ? 'same' : 'harmless', attack };
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return { kind: 'refused', fault: error };
    throw error;
  }
};

const textOf = (
  file: AttackFile,
  system: System,
  replayed: Replayed,
  terminal: Terminal,
  { shrunk, verbose }: { readonly shrunk: Shrunk | undefined; readonly verbose: boolean },
): string => {
  const { paint, width } = terminal;
  const says = system.model.invariants[file.invariant]?.says ?? '';
  const does = file.kind === 'attack' ? 'breaks' : 'shows';
  const head = [
    `${paint.bold(shown(file.claim))}  ${counted(lengthOf(file), 'step')} on model ${shown(file.model)}`,
    ...hanging('  ', `${file.invariant}: ${says}`, width),
  ];
  const tail =
    replayed.kind === 'refused'
      ? [paint.green(`It does not run any more.`), ...errorLines(errorEntry(replayed.fault), width)]
      : [
          ...storyLines(shrunk?.attack ?? replayed.attack, terminal, verbose),
          ...(shrunk === undefined ? [] : ['', 'What it needs:', ...shrunkLines(file, shrunk, width)]),
          replayed.kind === 'same'
            ? paint.yellow(`It still ${does} ${shown(file.invariant)}, as recorded.`)
            : paint.green(`It runs, but no longer ${does} ${shown(file.invariant)}.`),
        ];
  return `${[...head, ...tail].join('\n')}\n`;
};

const misplaced = (output: string): Fault =>
  new Fault('UW304', {
    where: '--output',
    expected: '--shrink beside it',
    got: output,
    likely: 'it was forgotten: an attack that is only run again is there already',
    next: 'add --shrink, or leave --output out',
  });

const replay = async (terminal: Terminal, path: string, options: ReplayOptions): Promise<ExitCode> => {
  if (options.output !== undefined && options.shrink !== true) throw misplaced(options.output);
  if (options.fields !== undefined && options.svg === undefined) throw fieldsAlone(options.fields);
  const file = parseAttackFile(path, readText(path, 'an attack file'), {
    anyVersion: options.anyVersion === true,
  });
  const { models } = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  const { model, system } = attackSystem(path, file, models);
  const replayed = run(system, file);
  const same = replayed.kind === 'same';
  const shrunk = same && options.shrink === true ? shrunkOf(model, file) : undefined;
  if (replayed.kind !== 'refused') draw(file, model, shrunk?.attack ?? replayed.attack, same, options);
  if (shrunk !== undefined && options.output !== undefined)
    writePieces(options.output, [jsonText(shrunk.file)]);
  terminal.out(
    options.json === true
      ? jsonText({
          claim: file.claim,
          model: file.model,
          invariant: file.invariant,
          kind: file.kind,
          replays: same,
          ...(replayed.kind === 'refused'
            ? { error: errorEntry(replayed.fault) }
            : { attack: replayed.attack }),
          ...(shrunk === undefined ? {} : { shrunk: shrunk.file }),
        })
      : drawn(
          textOf(file, system, replayed, terminal, { shrunk, verbose: options.verbose === true }),
          terminal,
        ),
  );
  return same ? EXIT.asExpected : EXIT.unexpected;
};

/** `underwatch replay`: runs a recorded attack on the model as it stands. */
export const replayCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('replay')
    .description('run a recorded attack again and check that it still works')
    .argument('<attack>', 'an attack file, as `verify` and `audit` write them')
    .option('--any-version', 'accept an attack that another version of underwatch recorded')
    .option('--shrink', 'remove every step and every part of the scenario that the attack does not need')
    .option('--output <file>', 'with --shrink: write the smaller attack to this file')
    .option('--json', 'print one JSON document and nothing else')
    .option('--verbose', 'print what each step changes')
    .option('--svg <file>', 'draw the attack into this file')
    .option(
      '--fields <fields>',
      'with --svg: the fields to draw (a.b,c.d); default: those that change most often',
    )
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: ReplayOptions) => finish(await replay(terminal, path, options)));
