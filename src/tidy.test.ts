import { describe, expect, it } from 'vitest';

import { projectFiles } from './testing/tidy/files.ts';
import { crowdedFolders } from './testing/tidy/folders.ts';
import { foreignWriters, importCircles } from './testing/tidy/import-order.ts';
import { lockfilePortable, packageRules, versionsPinned } from './testing/tidy/package-rules.ts';
import { breachesOf, type Rule } from './testing/tidy/rule.ts';
import {
  everyTestRuns,
  exportsDocumented,
  exportsInPlace,
  functionLength,
  noAny,
  noDefaultExports,
  syntaxRules,
} from './testing/tidy/syntax-rules.ts';
import {
  fileLength,
  finished,
  kebabCase,
  noHomePaths,
  noRegistryHosts,
  proseWidth,
  textRules,
  typesAreChecked,
} from './testing/tidy/text-rules.ts';

const files = projectFiles();

describe('the project keeps its style', () => {
  it('sees its own files', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'src/tidy.test.ts', 'src/model/index.ts']));
    expect(paths.filter((path) => path.startsWith('node_modules/') || path.startsWith('dist/'))).toEqual([]);
  });

  it.each([...textRules, ...syntaxRules, ...packageRules].map((rule) => [rule.says, rule] as const))(
    '%s',
    (_, rule) => {
      expect(breachesOf(rule, files)).toEqual([]);
    },
  );

  it('a folder has at most 16 source files beside its tests', () => {
    expect(crowdedFolders(files)).toEqual([]);
  });

  it('what a folder holds has an order: of two neighbours, only one imports the other', () => {
    expect(importCircles(files)).toEqual([]);
  });

  it('a part of a search is written by the file that declares it', () => {
    expect(foreignWriters(files)).toEqual([]);
  });
});

const lines = (count: number): string => 'let x = 1;\n'.repeat(count);
// Put together here, so that this file does not break the rules that it tests.
const joined = (...parts: readonly string[]): string => parts.join('');

/** Prose as wide as a line may be. */
const wide = 'word '.repeat(22).trim() + 's';

interface Sample {
  readonly rule: Rule;
  readonly path?: string;
  readonly text: string;
  readonly breaches: readonly string[];
}

const bad: readonly Sample[] = [
  { rule: fileLength, text: lines(301), breaches: ['301 lines'] },
  {
    rule: proseWidth,
    text: `const a = 1;\n// ${wide}\n/** ${wide} */\n * ${wide}`,
    breaches: ['line 2: 113 columns', 'line 3: 117 columns', 'line 4: 113 columns'],
  },
  { rule: proseWidth, path: 'docs/a.md', text: `# A\n\n${wide}!`, breaches: ['line 3: 111 columns'] },
  {
    rule: finished,
    path: 'README.md',
    text: ['<'.repeat(7) + ' ours', 'one', '='.repeat(7), 'other', '>'.repeat(7) + ' theirs'].join('\n'),
    breaches: [
      joined('line 1: unfinished: ', '<'.repeat(7), ' ours'),
      joined('line 3: unfinished: ', '='.repeat(7)),
      joined('line 5: unfinished: ', '>'.repeat(7), ' theirs'),
    ],
  },
  {
    rule: finished,
    text: joined('// TO', 'DO: more'),
    breaches: [joined('line 1: unfinished: // TO', 'DO: more')],
  },
  {
    rule: finished,
    text: joined("throw new Error('not ", "implemented');"),
    breaches: [joined("line 1: unfinished: throw new Error('not ", "implemented');")],
  },
  {
    rule: typesAreChecked,
    text: joined('\n// @ts-', 'ignore'),
    breaches: [joined('line 2: silences the compiler: // @ts-', 'ignore')],
  },
  {
    rule: noHomePaths,
    path: 'README.md',
    text: joined('see /ho', 'me/ann/x'),
    breaches: [joined('line 1: an absolute path: see /ho', 'me/ann/x')],
  },
  {
    rule: noRegistryHosts,
    path: '.npmrc',
    text: joined('x=https://regi', 'stry.example.org/'),
    breaches: [joined('line 1: a registry: x=https://regi', 'stry.example.org/')],
  },
  { rule: kebabCase, path: 'src/model/myModel.ts', text: '', breaches: ['not in kebab-case'] },
  {
    rule: functionLength,
    text: `const f = () => {\n${lines(69)}};`,
    breaches: ['line 1: a function of 71 lines'],
  },
  { rule: noAny, text: 'const x = y as any;', breaches: ['line 1: the type any'] },
  { rule: noAny, text: 'const x: readonly any[] = [];', breaches: ['line 1: the type any'] },
  {
    rule: everyTestRuns,
    path: 'src/a.test.ts',
    text: "it.only('a', f);\ndescribe.skip('b', g);\ntest.todo('c');",
    breaches: ['line 1: it.only', 'line 2: describe.skip', 'line 3: test.todo'],
  },
  {
    rule: noDefaultExports,
    text: 'export default 1;\nexport default function f() {}',
    breaches: ['line 1: a default export', 'line 2: a default export'],
  },
  {
    rule: exportsDocumented,
    path: 'src/a.ts',
    text: '// no docstring\nexport const a = 1;\nexport type B = 2;\n/** c */\nexport const c = 3;',
    breaches: ['line 2: a has no docstring', 'line 3: B has no docstring'],
  },
  {
    rule: exportsInPlace,
    text: 'const a = 1;\nexport { a };',
    breaches: ['line 2: a is exported from afar'],
  },
  {
    rule: versionsPinned,
    path: 'package.json',
    text: '{"dependencies":{"a":"1.2.3"},"devDependencies":{"b":"^1.2.3"}}',
    breaches: ['b: ^1.2.3 is not one version'],
  },
  {
    rule: lockfilePortable,
    path: 'package-lock.json',
    text: '{"lockfileVersion":3,"packages":{"":{},"a":{"integrity":"x","resolved":"y"},"b":{},"c":{"integrity":"x"}}}',
    breaches: ['a: resolved to an address', 'b: no digest'],
  },
];

const good: readonly Sample[] = [
  { rule: fileLength, text: lines(300), breaches: [] },
  { rule: fileLength, path: 'src/a.test.ts', text: lines(900), breaches: [] },
  { rule: proseWidth, text: `const a = '${wide} and more';`, breaches: [] },
  {
    rule: proseWidth,
    path: 'docs/a.md',
    text: `${wide}\n| ${wide} |\n\`\`\`\n${wide} x\n\`\`\``,
    breaches: [],
  },
  { rule: functionLength, text: `const f = () => {\n${lines(68)}};`, breaches: [] },
  {
    rule: functionLength,
    path: 'src/a.test.ts',
    text: `describe('many', () => {\n${lines(90)}});`,
    breaches: [],
  },
  { rule: noAny, text: "const any = 'any';", breaches: [] },
  { rule: noHomePaths, text: '// https://example.org/home/page and src/home/x', breaches: [] },
  { rule: everyTestRuns, path: 'src/a.test.ts', text: "it.skipIf(x)('a', f); fs.only();", breaches: [] },
  { rule: noDefaultExports, path: 'vitest.config.ts', text: 'export default 1;', breaches: [] },
  { rule: exportsDocumented, path: 'src/index.ts', text: "export { a } from './a.ts';", breaches: [] },
  { rule: exportsInPlace, path: 'src/index.ts', text: "export { a } from './a.ts';", breaches: [] },
  {
    rule: exportsInPlace,
    path: 'src/index.ts',
    text: "import { a } from './a.ts';\nexport const b = [a];\nexport { a };",
    breaches: [],
  },
];

describe('each rule of style', () => {
  it.each(bad)(
    'finds what it forbids: $rule.says: $breaches',
    ({ rule, path = 'src/a.ts', text, breaches }) => {
      expect(breachesOf(rule, [{ path, text }])).toEqual(breaches.map((breach) => `${path}, ${breach}`));
    },
  );

  it.each(good)('lets pass what it allows: $rule.says', ({ rule, path = 'src/a.ts', text }) => {
    expect(breachesOf(rule, [{ path, text }])).toEqual([]);
  });
});

describe('the rule of folders', () => {
  const sources = (count: number): readonly { readonly path: string }[] =>
    Array.from({ length: count }, (_, index) => ({ path: `src/room/file-${index}.ts` }));
  const beside = ['src/room/a.test.ts', 'src/room/inner/b.ts', 'src/room/peer.c', 'docs/c.ts'];

  it('finds what it forbids: a folder of 17', () => {
    expect(crowdedFolders(sources(17))).toEqual(['src/room: 17 source files']);
  });

  it('lets pass what it allows: 16, with tests, folders and other files beside them', () => {
    expect(crowdedFolders([...sources(16), ...beside.map((path) => ({ path }))])).toEqual([]);
  });
});

describe('the rule of order', () => {
  const file = (path: string, ...imports: readonly string[]) => ({
    path,
    text: imports.map((target) => `import { a } from '${target}';`).join('\n'),
  });

  it('finds two folders that import each other, through whichever files', () => {
    const some = [
      file('src/room/a/one.ts', '../b/two.ts'),
      file('src/room/b/two.ts'),
      file('src/room/b/three.ts', '../a/inner/four.ts'),
      file('src/room/a/inner/four.ts'),
    ];
    expect(importCircles(some)).toEqual([
      'src/room: src/room/a/one.ts imports src/room/b/two.ts; src/room/b/three.ts imports src/room/a/inner/four.ts',
    ]);
  });

  it('finds a folder that imports a file beside it, which imports the folder', () => {
    const some = [file('src/room/a.ts', './b/two.ts'), file('src/room/b/three.ts', '../a.ts')];
    expect(importCircles(some)).toHaveLength(1);
  });

  it('lets pass a file below a folder and another one above it', () => {
    const some = [
      file('src/room/low.ts'),
      file('src/room/b/two.ts', '../low.ts'),
      file('src/room/high.ts', './b/two.ts'),
    ];
    expect(importCircles(some)).toEqual([]);
  });

  it('finds a part that another file writes', () => {
    const text = 'export const f = (part: Writable<Frontier>): void => {};';
    expect(foreignWriters([{ path: 'src/a.ts', text }])).toEqual(['src/a.ts writes Frontier']);
    expect(foreignWriters([{ path: 'src/a.ts', text: `interface Frontier {}\n${text}` }])).toEqual([]);
  });
});
