// The direction of imports. A rule's comment is printed with every breach of it.

/** The layers of src, lowest first: each may import those before it. */
const LAYERS = [
  'model',
  'statistics',
  'search',
  'attack',
  'export',
  'defence',
  'claim',
  'audit',
  'conform',
  'report',
];
/** What people touch; neither imports the other. */
const SURFACES = ['vitest', 'cli'];

/** What models and properties may import of src: what a user of the package could. */
const PUBLIC = '^src/(index|model/index|vitest/index)\\.ts$';
/** Runs other people's checkers, plants defects; helpers of tests alone, which no package exports. */
const CHECKERS = '^src/testing/(checkers|compare-counts|qemu|mutation/planted)\\.ts$';
/** Code that only tests and the bench run. */
const TESTS = '(\\.test\\.ts$|/testing/|^src/bench/)';

const above = (layer) => [...LAYERS.slice(LAYERS.indexOf(layer) + 1), ...SURFACES];

const layerRules = LAYERS.map((layer) => ({
  name: `src-${layer}-imports-downwards`,
  comment: `src/${layer} may import only what lies below it: ${LAYERS.join(' <- ')} <- ${SURFACES.join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/((${above(layer).join('|')})/|index\\.ts$)` },
}));

/** The layers within folders, lowest first; what stands in one entry does not know the others of it. */
const ORDERS = {
  'src/search': [
    ['(result|writable|asked|limits|trace|set-up|replayed|threads|signal|process-memory)\\.ts'],
    ['learned-relation/'],
    ['monitor/', 'elementwise\\.ts'],
    ['checkpoint/', 'random/'],
    ['exhaustive/'],
    ['symbolic/', 'learn-all\\.ts', 'violates-or-witnesses\\.ts'],
  ],
  'src/search/learned-relation': [
    ['fields/'],
    ['arrays/', 'exchange\\.ts'],
    ['tries/'],
    ['recording/'],
    ['learning\\.ts'],
    ['space\\.ts'],
    ['trie-census\\.ts'],
  ],
  'src/search/exhaustive': [
    ['memory/'],
    ['kernel/'],
    ['packing/'],
    ['store/', 'fused/'],
    ['parts/', 'reduction/', 'options\\.ts'],
    ['search\\.ts'],
    ['expand/', 'trace/', 'checks/', '(bounds|growth-warnings)\\.ts'],
    ['replan/', 'parallel/', '(memory-bound|to-result)\\.ts'],
    ['batch/', 'checkpoint/', 'create-search\\.ts'],
    ['recovery/', 'loop\\.ts'],
    ['search-in-space\\.ts'],
    ['(explore|census)\\.ts'],
  ],
};

const orderRules = Object.entries(ORDERS).flatMap(([folder, layers]) =>
  layers.flatMap((layer, at) =>
    layer.flatMap((from) => {
      const higher = [...layers.slice(at + 1).flat(), ...layer.filter((other) => other !== from)];
      if (higher.length === 0) return [];
      return {
        name: `${folder.replaceAll('/', '-')}-${from.replaceAll(/[^a-z-]/g, '')}`.slice(0, 60),
        comment: `what stands in ${folder} imports only what lies below it: ARCHITECTURE.md has the order`,
        severity: 'error',
        from: { path: `^${folder}/${from}`, pathNot: TESTS },
        to: { path: `^${folder}/(${higher.join('|')})`, pathNot: TESTS },
      };
    }),
  ),
);

/** By the package's name, as a user writes it; a relative path into another folder is not. */
const BY_NAME = ['aliased', 'aliased-tsconfig', 'aliased-tsconfig-paths', 'aliased-workspace'];

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'A cycle means that two files are one notion, or that one of them is in the wrong folder.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'Every import must lead to a file or an installed package.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  ...layerRules,
  ...orderRules,
  {
    name: 'cli-is-a-leaf',
    comment: 'Nothing imports the command line.',
    severity: 'error',
    from: { pathNot: '^src/cli/' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'vitest-bridge-is-a-leaf',
    comment: 'Only tests, and suites that are tests, import the Vitest bridge.',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/vitest/', TESTS] },
    to: { path: '^src/vitest/' },
  },
  {
    name: 'src-knows-no-system',
    comment: 'src knows nothing of SMM or chipsets; only the command line loads the properties, by name.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^(models|properties)/' },
  },
  {
    name: 'cli-loads-entries-only',
    comment: "The command line reaches the systems under study through the package's entries alone.",
    severity: 'error',
    from: { path: '^src/cli/', pathNot: TESTS },
    to: { path: '^(models|properties)/', pathNot: '^(models|properties)/index\\.ts$' },
  },
  {
    name: 'cli-loads-entries-late',
    comment: "import('underwatch/properties') when a command needs it: `--help` must not load every model.",
    severity: 'error',
    from: { path: '^src/cli/', pathNot: TESTS },
    to: { path: '^(models|properties)/', dynamic: false },
  },
  {
    name: 'models-import-the-vocabulary-only',
    comment: "models import 'underwatch/model' and each other, as a user's model would.",
    severity: 'error',
    from: { path: '^models/', pathNot: TESTS },
    to: { path: '^(src|properties)/', pathNot: '^src/model/index\\.ts$' },
  },
  {
    name: 'models-stay-pure',
    comment: 'A model needs nothing but immer and ts-pattern: no files, no clock, no other package.',
    severity: 'error',
    from: { path: '^models/', pathNot: TESTS },
    to: { path: '.', pathNot: '^(models|src)/|(^|/)(immer|ts-pattern)/' },
  },
  {
    name: 'systems-import-public-entries',
    comment: 'models (their tests too) and properties see of src only what the package exports.',
    severity: 'error',
    from: { path: '^(models|properties)/' },
    to: { path: '^src/', pathNot: [PUBLIC, CHECKERS] },
  },
  {
    name: 'models-know-no-properties',
    comment: 'Claims are about models; models do not know what is claimed of them.',
    severity: 'error',
    from: { path: '^models/' },
    to: { path: '^properties/' },
  },
  {
    name: 'systems-import-by-name',
    comment: "Write 'underwatch/model', not '../../src/model/index.ts'.",
    severity: 'error',
    from: { path: '^(models|properties)/' },
    to: { path: '^src/', pathNot: CHECKERS, dependencyTypesNot: BY_NAME },
  },
  {
    name: 'src-imports-itself-by-path',
    comment: "Inside src the package's own name would hide the direction of the import.",
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/cli/', TESTS] },
    to: { path: '^src/', dependencyTypes: BY_NAME },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'What ships does not import what only tests run.',
    severity: 'error',
    from: { path: '^(src|models|properties)/', pathNot: TESTS },
    to: { path: TESTS },
  },
  {
    name: 'what-ships-needs-what-is-installed',
    comment: 'Code that ships may import dependencies, not devDependencies.',
    severity: 'error',
    // What runs in the page is bundled into it.
    from: { path: '^(src|models|properties)/', pathNot: [TESTS, '^src/report/page/app/'] },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['npm-peer', 'type-only'],
    },
  },
  {
    name: 'vitest-stays-optional',
    comment: 'Vitest is an optional peer: only the bridge may need it.',
    severity: 'error',
    from: { path: '^(src|models|properties)/', pathNot: ['^src/vitest/', TESTS] },
    to: { path: '(^|/)node_modules/vitest/' },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reports|src/testing/consumer)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types too: a cycle of types is a cycle of notions.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
