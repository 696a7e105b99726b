import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { Fault } from '../../model/index.ts';
import { reasonOf } from '../../report/reason.ts';
import { EXIT, type ExitCode, type Finish } from '../exit-codes.ts';
import { planFor, TEMPLATE, type Plan } from './template.ts';
import type { Terminal } from '../terminal/terminal.ts';

const EXAMPLES = `
Examples:
  underwatch init                 a first model in this folder
  underwatch init demo            and in a new one

It writes a small commented model, claims, a test, and a workflow that decides the claims for every change. It never
replaces a file.

Exit codes: 0 written, 2 bad usage, or a file would be replaced.`;

const write = (folder: string, { written }: Plan): void => {
  try {
    for (const file of written) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(TEMPLATE, file), join(folder, file), { errorOnExist: true, force: false });
    }
  } catch (error) {
    throw new Fault('UW391', {
      where: folder,
      expected: 'a folder that files can be written to',
      got: reasonOf(error),
      likely: 'there is a file of that name, or the folder belongs to somebody else',
      next: 'name another folder: underwatch init FOLDER',
    });
  }
};

const init = (terminal: Terminal, folder: string): ExitCode => {
  const path = resolve(folder);
  const plan = planFor(path);
  write(path, plan);
  terminal.out(
    [
      `${folder === '.' ? 'this folder' : folder} has a first model now:`,
      ...plan.written.map((file) => `  ${file}`),
      ...plan.kept.map((file) => `  ${file} was there, and is as it was`),
      '',
      'Next:',
      ...(folder === '.' ? [] : [`  cd ${folder}`]),
      '  npm install              if underwatch and vitest are not installed yet',
      '  npx underwatch verify    decides the claims, and prints the shortest attack',
      '  npx vitest run           the same claims as tests',
      '',
    ].join('\n'),
  );
  return EXIT.asExpected;
};

/** `underwatch init`: makes a small project that works. */
export const initCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('init')
    .description('write a first project: a model, claims, a test, a workflow')
    .argument('[folder]', 'where to write them', '.')
    .addHelpText('after', EXAMPLES)
    .action((folder: string) => finish(init(terminal, folder)));
