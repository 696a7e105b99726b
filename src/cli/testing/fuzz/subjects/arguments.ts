import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from '../../../../testing/workplace.ts';
import { configAt } from '../../run-cli.ts';
import { oneOf, once, type Random } from '../chance.ts';
import { command } from '../command.ts';
import { HOSTILE_TEXTS } from '../hostile.ts';
import { must, type Subject } from '../subject.ts';

const LINES: readonly (readonly string[])[] = [
  ['list', '--models', '--json'],
  ['list'],
  ['explain', '--space', 'door'],
  ['explain', 'DOOR-OPEN'],
  ['export', 'door', '--format', 'dot', '--set', 'lock=true'],
  ['export', '--claim', 'DOOR-OPEN', '--format', 'promela', '--output', 'out.pml'],
  ['verify', '--claim', 'DOOR-OPEN', '--out', 'out', '--json'],
  ['verify', 'door', '--max-states', '1000', '--engine', 'symbolic', '--out', 'out'],
  ['verify', '--checkpoint', 'kept', '--claim', 'DOOR-*', '--out', 'out'],
  ['audit', 'board', '--gpi', '3', '--out', 'out'],
  ['audit', 'board/door.log', '--strict', '--json', '--out', 'out'],
  ['replay', 'attack.json', '--verbose'],
  ['--version'],
  ['verify', '--help'],
];

/**
 * Makes an argument harmless: none leads out of the folder, so that what is tried cannot harm what is there.
 */
const harmless = (argument: string): string =>
  argument
    .replaceAll('\0', '')
    .replaceAll('..', '.')
    .replaceAll(/(^|=)[/~]+/g, '$1');

const mutate = (line: readonly string[], random: Random): readonly string[] => {
  const at = random.whole(line.length);
  const argument = line[at] ?? '';
  const cut = random.whole(argument.length + 1);
  const text = oneOf(random, HOSTILE_TEXTS);
  const changes: readonly (readonly string[])[] = [
    line.toSpliced(at, 1),
    line.toSpliced(at, 0, argument),
    line.with(at, text),
    line.with(at, oneOf(random, oneOf(random, LINES))),
    line.with(at, `${argument.slice(0, cut)}${text}${argument.slice(cut)}`),
    line.with(at, argument.slice(0, cut)),
    [...line, oneOf(random, oneOf(random, LINES)), text],
  ];
  return oneOf(random, changes);
};

/**
 * The subject of command lines, changed, in a folder with a small configuration. The process stays in that
 * folder.
 */
export const commandLines = (place: Workplace, attack: object): Subject => {
  const folder = join(place.path, 'lines');
  mkdirSync(folder, { recursive: true });
  place.write('lines/underwatch.config.ts', `export { default } from ${JSON.stringify(configAt('door'))};\n`);
  place.write('lines/board/door.log', 'door=oak\nlock=1\nend\n');
  place.write('lines/attack.json', JSON.stringify(attack));
  process.chdir(folder);
  return {
    name: 'arguments',
    share: 5,
    run: async (random) => {
      let line = oneOf(random, LINES);
      do {
        line = mutate(line, random);
      } while (line.length > 0 && once(random, 2));
      const { outcome, out } = await command(line.map(harmless));
      must(outcome !== 'exit 130', 'nobody interrupted it');
      must(out.length < 2 ** 20, 'a mebibyte of output');
      return outcome;
    },
  };
};
