import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configAt, runCli, type Ended } from './testing/run-cli.ts';
import { tool } from '../model/tool.ts';
import { createWorkplace } from '../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const config = ['--config', configAt('door')];
const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: place.path });

const attackFile = (changes: object = {}): string =>
  JSON.stringify({
    schemaVersion: 1,
    tool,
    claim: 'DOOR-OPEN',
    model: 'door',
    scenario: { without: [], capabilities: ['hands'], parameters: {} },
    invariant: 'shut',
    kind: 'attack',
    shortest: true,
    initial: 0,
    steps: [{ action: 'push', choice: {} }],
    ...changes,
  });

// Bytes of no text: the header of a compressed file.
const GARBAGE = Uint8Array.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0xff, 0xfe, 0x00, 0x80]);

const pipeAt = (name: string): string => {
  const path = join(place.path, name);
  if (!existsSync(path)) execFileSync('mkfifo', [path]);
  return path;
};

interface Case {
  readonly what: string;
  readonly args: () => readonly string[];
  readonly says: readonly string[];
}

const log = (name: string, content: string | Uint8Array): string =>
  place.write(`boards/${name}/door.log`, content);

const cases: readonly Case[] = [
  {
    what: 'a typo in a flag',
    args: () => ['verify', '--sede', '3'],
    says: ['UW304', "unknown option '--sede'", 'Did you mean --seed?', '--help'],
  },
  {
    what: 'a typo in a command',
    args: () => ['verfy'],
    says: ['UW304', "unknown command 'verfy'", 'Did you mean verify?'],
  },
  {
    what: 'an engine that does not exist',
    args: () => ['verify', '--engine', 'magic'],
    says: ['UW304', "argument 'magic' is invalid", 'exhaustive, symbolic, random, auto'],
  },
  {
    what: 'a seed that is no number',
    args: () => ['verify', '--seed', '1e3'],
    says: ['UW304', 'option --seed', '1e3'],
  },
  {
    what: 'a limit of nothing',
    args: () => ['verify', '--max-states', '0'],
    says: ['UW201', 'option --max-states', 'from 1 on'],
  },
  {
    what: 'more threads than a search can have',
    args: () => ['verify', '--threads', '8', ...config],
    says: ['UW345', 'option --threads', 'a whole number from 1 to 4', '8'],
  },
  {
    what: 'no thread at all',
    args: () => ['verify', '--threads', '0', ...config],
    says: ['UW345', 'option --threads', 'a whole number from 1 to 4'],
  },
  ...[
    ['--checkpoint', 'kept'],
    ['--resume', 'kept'],
    ['--states', 'fingerprint'],
    ['--no-parents'],
    ['--reduce', 'symmetry'],
  ].map((other) => ({
    what: `threads beside ${other.join(' ')}`,
    args: () => ['verify', ...other, '--threads', '2', ...config],
    says: ['UW304', 'option --threads', `one thread beside ${other[0]}`, '2 threads'],
  })),
  {
    what: 'threads in words',
    args: () => ['verify', '--threads', 'all', ...config],
    says: ['UW304', 'option --threads', 'all'],
  },
  {
    what: 'threads for random search',
    args: () => ['verify', '--engine', 'random', '--threads', '2', ...config],
    says: ['UW304', 'option --threads', 'the exhaustive engine'],
  },
  {
    what: 'a path for the exhaustive engine',
    args: () => ['verify', '--path', '0:1', ...config],
    says: ['UW304', 'option --path', 'the random engine and one claim'],
  },
  {
    what: 'runs for the exhaustive engine',
    args: () => ['verify', '--runs', '5', ...config],
    says: ['UW304', 'option --runs', 'the random engine'],
  },
  {
    what: 'a strategy for states one by one',
    args: () => ['verify', '--strategy', 'chaining', ...config],
    says: ['UW304', 'option --strategy', 'the symbolic engine'],
  },
  {
    what: 'fingerprints for sets of states',
    args: () => ['verify', '--engine', 'symbolic', '--states', 'fingerprint', ...config],
    says: ['UW304', 'option --states', 'the exhaustive engine'],
  },
  {
    what: 'a reduction of sets of states',
    args: () => ['verify', '--engine', 'symbolic', '--reduce', 'symmetry', ...config],
    says: ['UW304', 'option --reduce', 'the exhaustive engine'],
  },
  {
    what: 'a reduction of what is not held',
    args: () => ['verify', '--reduce', 'symmetry', '--no-parents', '--checkpoint', 'kept', ...config],
    says: ['UW304', 'option --reduce', '--no-parents, --checkpoint'],
  },
  {
    what: 'a reduction that there is not',
    args: () => ['verify', '--reduce', 'order', ...config],
    says: ['UW304', "argument 'order' is invalid", 'symmetry, partial-order'],
  },
  {
    what: 'a checkpoint of sets of states',
    args: () => ['verify', '--engine', 'auto', '--checkpoint', 'kept', ...config],
    says: ['UW304', 'option --checkpoint', 'the exhaustive engine'],
  },
  {
    what: 'a claim that does not exist',
    args: () => ['verify', '--claim', 'DOOR-OPNE', ...config],
    says: ['UW305', 'DOOR-OPNE', 'DOOR-OPEN', 'underwatch list'],
  },
  {
    what: 'a suite that does not exist',
    args: () => ['verify', 'dor', ...config],
    says: ['UW305', 'dor', 'a suite, a model or a claim; nearest: suite door, model door'],
  },
  {
    what: 'a defence where a suite is expected',
    args: () => ['verify', 'steel', ...config],
    says: ['UW305', 'steel is a defence of model door', 'run `npx underwatch explain steel`'],
  },
  {
    what: 'a suite where a claim is expected',
    args: () => ['verify', '--claim', 'door', ...config],
    says: ['UW305', 'door is a suite', 'run `npx underwatch verify door`'],
  },
  {
    what: 'a claim of another suite',
    args: () => ['verify', 'wrong', '--claim', 'DOOR-STEEL', '--config', configAt('wrong')],
    says: ['UW305', 'DOOR-STEEL is a claim of suite door', 'npx underwatch verify DOOR-STEEL'],
  },
  {
    what: 'a pattern that nothing fits',
    args: () => ['list', 'WINDOW-*', ...config],
    says: ['UW305', 'no id is like this pattern'],
  },
  {
    what: 'a suite where a model is expected',
    args: () => ['export', 'wrong', '--format', 'dot', '--config', configAt('wrong')],
    says: ['UW603', 'wrong is a suite'],
  },
  {
    what: 'a configuration that is not there',
    args: () => ['verify', '--config', 'nowhere.ts'],
    says: ['UW301', 'nowhere.ts', 'a configuration file'],
  },
  {
    what: 'a configuration that is a folder',
    args: () => ['verify', '--config', place.path],
    says: ['UW301', 'a folder'],
  },
  {
    what: 'a configuration with a syntax error',
    args: () => ['verify', '--config', place.write('broken.config.ts', 'export default {')],
    says: ['UW303', 'broken.config.ts', 'Unexpected token'],
  },
  {
    what: 'a configuration that exports nothing',
    args: () => ['verify', '--config', place.write('empty.config.ts', 'export const x = 1;')],
    says: ['UW303', 'a default export'],
  },
  {
    what: 'a configuration with a name that means nothing',
    args: () => ['verify', '--config', place.write('stray.config.ts', 'export default { suite: [] };')],
    says: ['UW303', 'stray.config.ts, suite', 'suites, auditors, studies or parts'],
  },
  {
    what: 'a claim about something that is no model',
    args: () => [
      'verify',
      '--config',
      place.write(
        'model.config.ts',
        "export default { suites: [{ id: 's', claims: [{ id: 'C-1', model: {}, scenario: {} }] }] };",
      ),
    ],
    says: ['UW303', 'model.config.ts, a claim C-1', 'a model made with `defineModel`'],
  },
  {
    what: 'a claim that expects what no verdict is',
    args: () => [
      'verify',
      '--config',
      place.write(
        'hold.config.ts',
        `const model = { id: 'm', actions: {}, invariants: {}, initial: () => ({}) };
        export default { suites: [{ id: 's', claims: [{ id: 'C-1', model, invariant: 'i', expect: 'hold', scenario: {} }] }] };`,
      ),
    ],
    says: ['UW303', 'a claim C-1', 'to expect one of holds, violated', 'hold'],
  },
  ...[
    {
      what: 'a claim with a part that no claim has',
      claims: "{ 'C-1': { invariant: 'shut', capabilites: ['hands'], expect: 'holds' } }",
      says: ['suite s, claim C-1', 'without, capabilities', 'capabilites'],
    },
    { what: 'claims without ids', claims: '[]', says: ['suite s, claims', 'by their ids', 'a list'] },
  ].map(({ what, claims, says }, index) => ({
    what,
    args: () => [
      'verify',
      '--config',
      place.write(
        `spec-${index}.config.ts`,
        `import { suite } from 'underwatch';
        const model = { id: 'm', actions: {}, invariants: {}, initial: () => ({}) };
        export default { suites: [suite({ id: 's', says: 's', model, claims: ${claims} })] };`,
      ),
    ],
    says: ['UW303', ...says],
  })),
  {
    what: 'a configuration with something else for a suite',
    args: () => [
      'verify',
      '--config',
      place.write('odd.config.ts', 'export default { suites: [{ id: 1 }] };'),
    ],
    says: ['UW303', 'odd.config.ts, suites'],
  },
  {
    what: 'a missing file',
    args: () => ['replay', 'nowhere.json', ...config],
    says: ['UW301', 'nowhere.json', 'ENOENT'],
  },
  {
    what: 'a folder where a file is wanted',
    args: () => ['replay', place.path, ...config],
    says: ['UW301', 'a folder', 'an attack file'],
  },
  {
    what: 'binary garbage for an attack',
    args: () => ['replay', place.write('garbage.json', GARBAGE), ...config],
    says: ['UW501', 'garbage.json', 'a JSON document'],
  },
  {
    what: 'a replay file cut in the middle',
    args: () => ['replay', place.write('cut.json', attackFile().slice(0, 150)), ...config],
    says: ['UW501', 'cut.json', 'a JSON document'],
  },
  {
    what: 'a replay file without its steps',
    args: () => ['replay', place.write('stepless.json', attackFile({ steps: undefined })), ...config],
    says: ['UW501', 'stepless.json', 'at steps'],
  },
  {
    what: 'a replay file of another schema',
    args: () => ['replay', place.write('schema.json', attackFile({ schemaVersion: 2 })), ...config],
    says: ['UW502', 'schemaVersion 2'],
  },
  {
    what: 'a replay file of another version',
    args: () => [
      'replay',
      place.write('version.json', attackFile({ tool: { name: 'underwatch', version: '9.2.0' } })),
      ...config,
    ],
    says: ['UW502', 'underwatch 9.2.0', '--any-version'],
  },
  {
    what: 'a replay file of a model that is not there',
    args: () => ['replay', place.write('model.json', attackFile({ model: 'window' })), ...config],
    says: ['UW501', 'window', 'door'],
  },
  {
    what: 'a replay file of a defence that is not there',
    args: () => [
      'replay',
      place.write(
        'defence.json',
        attackFile({ scenario: { without: ['iron'], capabilities: [], parameters: {} } }),
      ),
      ...config,
    ],
    says: ['UW105', 'iron', 'one of steel'],
  },
  ...[
    [
      'lists within each other without end',
      attackFile({ initial: '@' }).replace('"@"', '['.repeat(100_000)),
      'UW324',
    ],
    [
      'a field that would change all objects',
      attackFile({ initial: '@' }).replace('"@"', '{"__proto__":{}}'),
      'UW325',
    ],
    ['a field that only looks like part of an object', attackFile({ constructor: {} }), 'UW501'],
    ['an invariant that only looks like one', attackFile({ invariant: 'constructor' }), 'UW105'],
    ['a model that only looks like one', attackFile({ model: '__proto__' }), 'UW501'],
    [
      'a parameter that only looks like one',
      attackFile({ scenario: { without: [], capabilities: [], parameters: { toString: 1 } } }),
      'UW105',
    ],
    [
      'more steps than are replayed',
      attackFile({ steps: Array.from({ length: 50_001 }, () => ({ action: 'push', choice: {} })) }),
      'UW326',
    ],
    ['more than is read', ' '.repeat(2 ** 24 + 1), 'UW320'],
  ].map(([what = '', text = '', code = ''], index) => ({
    what: `a replay file with ${what}`,
    args: () => ['replay', place.write(`hostile-${index}.json`, text), ...config],
    says: [code],
  })),
  {
    what: 'a parameter that would change all objects',
    args: () => ['export', 'door', '--format', 'dot', '--set', 'lock={"__proto__":1}', ...config],
    says: ['UW325', 'option --set'],
  },
  {
    what: 'a parameter that only looks like one',
    args: () => ['export', 'door', '--format', 'dot', '--set', '__proto__={}', ...config],
    says: ['UW105', 'a parameter of the scenario'],
  },
  {
    what: 'an id longer than any',
    args: () => ['verify', 'x'.repeat(100_000), ...config],
    says: ['UW305'],
  },
  // Linux has files that never end, and pipes that never begin.
  ...(process.platform === 'linux'
    ? ([
        ['a device without end', () => '/dev/zero'],
        ['a pipe that nobody writes to', () => pipeAt('a-pipe')],
      ] as const)
    : []
  ).flatMap(([what, path]) => [
    {
      what: `${what} for an attack`,
      args: () => ['replay', path(), ...config],
      says: ['UW301', 'a device or a pipe'],
    },
    { what: `${what} for a configuration`, args: () => ['verify', '--config', path()], says: ['UW301'] },
  ]),
  // Linux has a place where a folder is neither there nor taken.
  ...(process.platform === 'linux' ? ['--out', '--checkpoint'] : []).map((option) => ({
    what: `a folder for ${option} where nothing can be made`,
    args: () => ['verify', ...config, option, '/proc/no/folder'],
    says: [option === '--out' ? 'UW302' : 'UW313', '/proc/no/folder', 'ENOENT'],
  })),
  {
    what: 'a report folder whose parent is a file',
    args: () => ['verify', ...config, '--out', join(place.write('a-file', ''), 'reports')],
    says: ['UW302', 'a-file', 'ENOTDIR', '--out'],
  },
  {
    what: 'a report folder that is a file',
    args: () => ['audit', log('fine', 'door=oak\nend\n'), ...config, '--out', place.write('b-file', '')],
    says: ['UW302', 'b-file', 'EEXIST'],
  },
  { what: 'an audit of nothing', args: () => ['audit'], says: ['UW414', 'boards, or --live, or --script'] },
  {
    what: 'a GPI that does not exist',
    args: () => ['audit', '--gpi', '16', '.'],
    says: ['UW304', '--gpi', '16', 'from 0 to 15'],
  },
];

describe.concurrent('bad input gives a code and no stack trace, and exits with 2', () => {
  it.each(cases)('$what', async ({ args, says }) => {
    const { code, stdout, stderr } = await run(...args());
    for (const words of says) expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });
});

describe('a board that cannot be audited', () => {
  const out = join(place.path, 'audit');
  const audit = (...paths: readonly string[]): Promise<Ended> =>
    run('audit', ...paths, ...config, '--out', out);

  it('is told with its code, beside the others, which are audited all the same', async () => {
    mkdirSync(join(place.path, 'boards/bare'), { recursive: true });
    mkdirSync(join(place.path, 'shelf/a'), { recursive: true });
    const { code, stdout } = await audit(
      'boards/nowhere',
      'boards/bare',
      'shelf',
      log('empty', ''),
      log('garbage', GARBAGE),
      log('cut', 'door=oak\nlock=1\nala'),
      log('packed', Buffer.from('BZh91AY&SY')),
      log('torn', gzipSync('door=oak\nlock=1\nend\n').subarray(0, 20)),
      log('bomb', gzipSync('x'.repeat(2 ** 24 + 1))),
      log('endless', 'x'.repeat(2 ** 24 + 1)),
      log('revolving', 'door=revolving\nend\n'),
      log('oak', 'door=oak\nlock=1\nalarm=1\nend\n'),
    );
    const codes = [...stdout.matchAll(/^(\S+) .*?(UW\d+|\d of \d)$/gm)].map(([, name, result]) => [
      name,
      result,
    ]);
    expect(codes).toEqual([
      ['nowhere', 'UW301'],
      ['bare', 'UW401'],
      ['shelf', 'UW401'],
      ['empty', 'UW402'],
      ['garbage', 'UW402'],
      ['cut', 'UW403'],
      ['packed', 'UW402'],
      ['torn', 'UW402'],
      ['bomb', 'UW320'],
      ['endless', 'UW320'],
      ['revolving', 'UW404'],
      ['oak', '0 of 2'],
    ]);
    expect(stdout).toMatch(/^cut\nUW403 a log is cut short or garbled: .*door\.log$/m);
    expect(stdout).toContain('a file compressed by bzip2');
    expect(stdout).toContain('unpack it first: bunzip2');
    expect(stdout).toMatch(/^ {2}Q-OPEN {3}holds$/m);
    expect(stdout).toContain('12 boards: 0 with attacks, 11 not audited');
    expect(code).toBe(2);
  });

  it('takes the place of no report, and leaves none, where nothing could be read', async () => {
    const earlier = readFileSync(join(out, 'audit.json'), 'utf8');
    const mistyped = await audit('boards/oka');
    expect(mistyped.stdout).toContain('1 board: 0 with attacks, 1 not audited');
    expect(mistyped.stdout).toContain('nothing was read, so no report was written');
    expect(mistyped.code).toBe(2);
    expect(readFileSync(join(out, 'audit.json'), 'utf8')).toBe(earlier);
    const alone = await run('audit', 'boards/oka', ...config, '--out', 'made-for-nothing');
    expect(alone.code).toBe(2);
    expect(existsSync(join(place.path, 'made-for-nothing'))).toBe(false);
  });

  it('leaves an earlier report as it was when the next one cannot be written', async () => {
    const earlier = readFileSync(join(out, 'audit.json'), 'utf8');
    rmSync(join(out, 'audit.md'));
    mkdirSync(join(out, 'audit.md/in-the-way'), { recursive: true });
    const blocked = await audit('boards/oak');
    expect(blocked.code).toBe(2);
    expect(blocked.stderr).toContain('UW302');
    expect(readFileSync(join(out, 'audit.json'), 'utf8')).toBe(earlier);
  });
});
