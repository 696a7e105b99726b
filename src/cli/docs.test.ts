import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../model/index.ts';
import { main } from './program.ts';

const at = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

/** Compares a document with what it is to be: `UPDATE=1` writes it. */
const expectCurrent = (name: string, text: string): void => {
  if (process.env['UPDATE'] === '1') writeFileSync(at(name), text);
  expect(readFileSync(at(name), 'utf8'), `UPDATE=1 writes docs/${name}`).toBe(text);
};

const WIDTH = 100;

/** Returns the output of the command line for these arguments. */
const printed = async (...argv: readonly string[]): Promise<string> => {
  let text = '';
  const add = (more: string): void => {
    text += more;
  };
  const plain = pc.createColors(false);
  const code = await main(argv, {
    out: add,
    err: add,
    paint: plain,
    paintErr: plain,
    width: WIDTH,
    widthErr: WIDTH,
    redraws: false,
    drawsUnicode: true,
  });
  expect(code).toBe(0);
  return text.trimEnd();
};

const commandsIn = (help: string): readonly string[] =>
  [...help.slice(help.indexOf('Commands:'), help.indexOf('Examples:')).matchAll(/^ {2}([a-z-]+)(?= )/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');

describe('the documents that are generated', () => {
  test('docs/cli.md is what the commands say of themselves', async () => {
    const all = await printed('--help');
    const commands = commandsIn(all);
    expect(commands).toEqual(expect.arrayContaining(['verify', 'audit', 'init', 'doctor']));
    const parts = await Promise.all(
      commands.map(async (name) => `## ${name}\n\n\`\`\`text\n${await printed(name, '--help')}\n\`\`\`\n`),
    );
    const links = commands.map((name) => `- [${name}](#${name})`).join('\n');
    expectCurrent(
      'cli.md',
      [
        '# Command line',
        '',
        'Made from the commands by `UPDATE=1 npx vitest run src/cli/docs.test.ts`.',
        '',
        links,
        '',
        `\`\`\`text\n${all}\n\`\`\`\n`,
        ...parts,
      ].join('\n'),
    );
  });

  test('docs/errors.md has each code once', () => {
    const GROUPS: readonly (readonly [first: string, title: string])[] = [
      ['1', 'Models'],
      ['2', 'Searches'],
      ['3', 'Files, the command line, tests'],
      ['4', 'Boards'],
      ['5', 'Attacks and replays'],
      ['6', 'Exports'],
      ['7', 'Engines held against each other'],
      ['8', 'Machine code and processors'],
      ['9', 'Thresholds and statistics'],
    ];
    const rows = Object.entries(FAULTS).toSorted(([one], [other]) => (one < other ? -1 : 1));
    const sections = GROUPS.map(([first, title]) => ({
      title,
      rows: rows.filter(([code]) => code.startsWith(`UW${first}`)),
    }));
    expect(sections.flatMap((section) => section.rows)).toHaveLength(rows.length);
    expectCurrent(
      'errors.md',
      [
        '# Errors',
        '',
        'Made from the codes by `UPDATE=1 npx vitest run src/cli/docs.test.ts`. Each error says what was expected,',
        'what was got, the likely cause, and what to do next. A code is never used again for something else.',
        ...sections.flatMap(({ title, rows: codes }) => [
          '',
          `## ${title}`,
          '',
          '| code | what went wrong |',
          '| --- | --- |',
          ...codes.map(([code, says]) => `| ${code} | ${says} |`),
        ]),
        '',
      ].join('\n'),
    );
  });
});
