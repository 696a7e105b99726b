import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chipsetParts } from 'underwatch/models';
import { describe, expect, test } from 'vitest';
import { questionsFor } from './audit/questions.ts';
import { studies, suites } from './index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const catalogue = readFileSync(`${ROOT}/docs/catalogue.md`, 'utf8');
const [statements, documents] = catalogue.split('## Documents\n');

interface Row {
  readonly id: string;
  readonly from: string;
  readonly decidedBy: readonly string[];
}

const rowsOf = (text: string): readonly Row[] =>
  text
    .split(/^- (?=`)/m)
    .slice(1)
    .map((entry) => {
      const [, id, from, claims] =
        /^`([^`]+)` [\s\S]+?\n {2}From: ([\s\S]+?)\n {2}Decided by: ([\s\S]+?)\n/.exec(`${entry}\n`) ?? [];
      return {
        id: id!,
        from: from!.replaceAll(/\s+/g, ' '),
        decidedBy: [...claims!.matchAll(/`([^`]+)`/g)].map(([, it]) => it!),
      };
    });

const rows = rowsOf(statements!);
const documentNames = documents!
  .split(/^- (?=`)/m)
  .slice(1)
  .flatMap((entry) => [
    ...entry
      .slice(0, entry.indexOf('`:'))
      .concat('`')
      .matchAll(/`([^`]+)`/g),
  ])
  .map(([, name]) => name!);

const claims = suites.flatMap((suite) => suite.claims);
const models = [...new Set(claims.map(({ model }) => model))];
const invariants = models.flatMap((model) =>
  Object.entries(model.invariants).map(([id, { source }]) => ({ id, model: model.id, source })),
);
/**
 * The questions that `audit` asks of a board; those about SMRAM differ from layout to layout, so their text
 * is read.
 */
const smramQuestions = readFileSync(`${ROOT}/properties/audit/smram-questions.ts`, 'utf8');
const questions = [
  ...questionsFor(0).map(({ id, source }) => ({ id, source })),
  ...[...smramQuestions.matchAll(/ id: '(.+)',[\s\S]+?\n {4}source: '(.+)',/g)].map(([, id, source]) => ({
    id: id!,
    source: source!,
  })),
];
/** Every id that a reader can ask the command for, or look up in the catalogue. */
const ids = new Set([
  ...rows.map(({ id }) => id),
  ...claims.map(({ id }) => id),
  ...invariants.map(({ id }) => id),
  ...suites.map(({ id }) => id),
  ...studies.map(({ id }) => id),
  ...questions.map(({ id }) => id),
]);

/** The phrases by which a part of a source may say whose statement it is, instead of naming a document. */
const OWN = [
  /\bsearch\b/,
  /^the other side of the threshold/,
  /^deduced\b/,
  /^recalled\b/,
  /^parameter \w+/,
  /^of the model/,
  /^not in the (post|sources)/,
  /^not claimed by anyone/,
  /^contradiction in the sources/,
  /^no (source|datasheet) /,
  /^all defences on$/,
  /^exact\b/,
];
const shortNames = new Set<string>(Object.keys(chipsetParts.SOURCES));
const ID = /\b(?:[GBN]\d{1,2}|[HPSDI]-[A-Z0-9]+(?:-[A-Z0-9]+)*|[A-Z0-9]{3,}(?:-[A-Z0-9]+)+)(?![\w*-])/g;

const namesDocument = (part: string): boolean =>
  documentNames.some((name) => part.toLowerCase().includes(name.toLowerCase())) ||
  /\bslides? \d/.test(part) ||
  shortNames.has(part.split(/[ :]/)[0]!);
const namesOurs = (part: string): boolean =>
  [...part.matchAll(ID)].some(([id]) => ids.has(id)) ||
  [...part.matchAll(/suite ([\w-]+)/g)].some(([, id]) => ids.has(id!)) ||
  [...part.matchAll(/(?:models|properties)\/[\w/.-]*\w/g)].some(([path]) => existsSync(`${ROOT}/${path}`));

/** The parts of a source that a stranger cannot look up. */
const unresolved = (source: string): readonly string[] => {
  const parts = source.split(/; /);
  const isResolved = (part: string): boolean =>
    namesDocument(part) || namesOurs(part) || OWN.some((own) => own.test(part));
  // A part that explains needs one before it that names where it is from.
  return isResolved(parts[0]!) || parts.slice(1).some(isResolved) ? [] : parts;
};
const unknownIds = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:gap |catalogue, )?([GBN]\d{1,2}|[HPSDI]-[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w*-])/g)]
    .map(([, id]) => id!)
    .filter((id) => !ids.has(id));

describe('where statements come from', () => {
  test('the catalogue has each id once, and decides each', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, decidedBy } of rows) {
      const missing = decidedBy.filter((it) => !ids.has(it) && !existsSync(`${ROOT}/${it}`));
      expect({ id, missing, some: decidedBy.length > 0 }).toEqual({ id, missing: [], some: true });
    }
  });

  test('each row of the catalogue says where it comes from', () => {
    expect(rows.filter(({ from }) => unresolved(from).length > 0).map(({ id, from }) => [id, from])).toEqual(
      [],
    );
  });

  test('each source of a claim or an invariant can be looked up', () => {
    const all = [
      ...claims.map(({ id, source }) => ({ id, source })),
      ...invariants.map(({ id, model, source }) => ({ id: `${model}: ${id}`, source })),
      ...questions,
    ];
    expect(all.filter(({ source }) => unresolved(source).length > 0)).toEqual([]);
    expect(all.filter(({ source }) => unknownIds(source).length > 0)).toEqual([]);
  });

  test('each id in a document is one that exists', () => {
    const folders = [
      '.',
      ...['docs', 'examples', 'models', 'properties'].filter((it) => existsSync(`${ROOT}/${it}`)),
    ];
    const texts = folders
      .flatMap((folder) =>
        readdirSync(`${ROOT}/${folder}`, { encoding: 'utf8', recursive: folder !== '.' }).map(
          (file) => `${folder}/${file}`,
        ),
      )
      .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
      .map((path) => ({ path, text: readFileSync(`${ROOT}/${path}`, 'utf8') }));
    const unknown = texts.flatMap(({ path, text }) =>
      unknownIds(text.replaceAll(/`[A-Z]-[A-Z0-9-]*-…`/g, '')).map((id) => `${path}: ${id}`),
    );
    expect(texts.length).toBeGreaterThan(5);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe('the check of sources', () => {
  test.each([
    'gap G4',
    'found in review',
    'the first plan',
    'catalogue 11.2',
    'catalogue, H-NOWHERE',
    'common sense',
  ])('finds that nobody can look up "%s"', (source) => {
    expect([...unresolved(source), ...unknownIds(source)]).not.toEqual([]);
  });

  test.each(['gap G1', 'HyperSentry slides 3 and 9', 'lpt-h cb', 'suite smram', 'search; any comment'])(
    'accepts "%s"',
    (source) => {
      expect([...unresolved(source), ...unknownIds(source)]).toEqual([]);
    },
  );
});
