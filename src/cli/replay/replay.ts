import { shown } from '../../model/shown.ts';
import { Command } from 'commander';
import { Fault, type System } from '../../model/index.ts';
import { parseAttackFile, type AttackFile } from '../../report/attack-file.ts';
import { replayed, type Replayed } from '../../report/corpus/replay.ts';
import { errorEntry } from '../../report/entries.ts';
import { jsonText } from '../../report/document.ts';
import { counted } from '../../attack/words.ts';
import { lengthOf } from '../../search/result.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { hanging, drawn } from '../terminal/layout.ts';
import { loadWorkspace } from '../workspace/load-config.ts';
import { readText } from '../workspace/read-file.ts';
import { modelsFrom, testText } from './as-test.ts';
import { attackSystem } from './attack-system.ts';
import { draw, fieldsAlone } from './draw.ts';
import { writeItf } from './itf.ts';
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
  readonly asTest?: string;
  readonly svg?: string;
  readonly itf?: string;
  readonly fields?: string;
  readonly config?: string;
}

const EXAMPLES = `
Examples:
  underwatch replay reports/latest/verify/attacks/H-DEFER.json
  underwatch replay --verbose reports/latest/verify/attacks/H-DEFER.json     with what each step changes
  underwatch replay --shrink mine.json --output smaller.json                 without what it does not need
  underwatch replay reports/latest/verify/attacks/H-DEFER.json --svg defer.svg --fields kernel,cores.0.mode
  underwatch replay reports/latest/verify/attacks/H-DEFER.json --as-test h-defer.test.ts
  underwatch replay reports/latest/verify/attacks/H-DEFER.json --itf defer.itf.json

--shrink removes steps, and from the scenario capabilities, switched-off defences and elements of lists, as long as the
attack still does what was recorded. No single part of the result can be removed. Another attack may be shorter.
--as-test writes what is so now: that the attack works, or, once a fix stops it, that it does not.

Exit codes: 0 it still does what was recorded, 1 it does not any more, 2 the file cannot be used.`;

const textOf = (
  file: AttackFile,
  system: System,
  outcome: Replayed,
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
    outcome.kind === 'refused'
      ? [paint.green(`It does not run any more.`), ...errorLines(errorEntry(outcome.fault), width)]
      : [
          ...storyLines(shrunk?.attack ?? outcome.attack, terminal, verbose),
          ...(shrunk === undefined ? [] : ['', 'What it needs:', ...shrunkLines(file, shrunk, width)]),
          outcome.kind === 'works'
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
  const workspace = await loadWorkspace(process.cwd(), options.config, ['suites', 'auditors']);
  const { model, system } = attackSystem(path, file, workspace.models);
  const outcome = replayed(system, file);
  const same = outcome.kind === 'works';
  const shrunk = same && options.shrink === true ? shrunkOf(model, file) : undefined;
  if (outcome.kind !== 'refused') draw(file, model, shrunk?.attack ?? outcome.attack, same, options);
  if (outcome.kind !== 'refused') writeItf(shrunk?.file ?? file, model, options.itf);
  if (shrunk !== undefined && options.output !== undefined)
    writePieces(options.output, [jsonText(shrunk.file)]);
  if (options.asTest !== undefined) {
    const from = await modelsFrom(workspace, model, options.config, options.asTest);
    writePieces(options.asTest, [testText(shrunk?.file ?? file, outcome, from)]);
  }
  terminal.out(
    options.json === true
      ? jsonText({
          claim: file.claim,
          model: file.model,
          invariant: file.invariant,
          kind: file.kind,
          replays: same,
          ...(outcome.kind === 'refused' ? { error: errorEntry(outcome.fault) } : { attack: outcome.attack }),
          ...(shrunk === undefined ? {} : { shrunk: shrunk.file }),
        })
      : drawn(
          textOf(file, system, outcome, terminal, { shrunk, verbose: options.verbose === true }),
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
    .option('--as-test <file>', 'write it as a Vitest test that runs by itself, without this file')
    .option('--json', 'print one JSON document and nothing else')
    .option('--verbose', 'print what each step changes')
    .option('--svg <file>', 'draw the attack into this file')
    .option('--itf <file>', 'write its states into this file, in the Informal Trace Format')
    .option(
      '--fields <fields>',
      'with --svg: the fields to draw (a.b,c.d); default: those that change most often',
    )
    .option('--config <file>', 'the configuration, instead of underwatch.config.ts')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: ReplayOptions) => finish(await replay(terminal, path, options)));
