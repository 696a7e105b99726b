import { isTypeScript, type Rule } from './rule.ts';

/** The most lines of a source file. */
const LONGEST_FILE = 300;

/** The most characters of a line of prose: as wide as the formatter lets code be. */
const WIDEST = 110;

// A character class around one letter keeps a pattern from finding itself in this file.
const UNFINISHED = /\bTO[D]O\b|\bFIX[M]E\b|\bX[X]X\b|[Nn]ot[ -]implemented|^(?:<{7}|={7}|>{7})(?:\s|$)/;
const SILENCED = /@ts-[i]gnore|@ts-[n]ocheck/;
const HOME_PATH = /(?<![\w.~:/-])(?:\/(?:home|root|Users|work|workspace|builds)\/|[A-Z]:\\Users\\)\w/;
const REGISTRY_HOST =
  /\/\/(?:[\w-]+\.)*[\w-]*(?:registry|mirror|artifactory|nexus|verdaccio|npmjs)[\w-]*[.:/]/i;

const linesWith = (pattern: RegExp, what: string): Rule['breaches'] => {
  return ({ text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}: ${what}: ${line.trim()}`] : []));
};

/** Source files have at most 300 lines. */
export const fileLength: Rule = {
  says: `a source file has at most ${LONGEST_FILE} lines`,
  about: (path) => isTypeScript(path) && !path.endsWith('.test.ts'),
  breaches: ({ text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > LONGEST_FILE ? [`${lines} lines`] : [];
  },
};

const isComment = (line: string): boolean => /^\s*(?:\/\/|\/\*|\*)/.test(line);

/** Returns the lines of a page that are not part of a table or of an example. */
const proseOf = (text: string): readonly boolean[] => {
  let isFenced = false;
  return text.split('\n').map((line) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isFenced = !isFenced;
    return !isFence && !isFenced && !/^\s*\|/.test(line);
  });
};

/** Comments and pages are as narrow as code. The formatter wraps neither; tables and examples do not wrap. */
export const proseWidth: Rule = {
  says: `comments and pages wrap at ${WIDEST} columns`,
  about: (path) => /\.(?:tsx?|[cm]?js|md)$/.test(path),
  breaches: ({ path, text }) => {
    const isProse = path.endsWith('.md') ? proseOf(text) : text.split('\n').map(isComment);
    return text
      .split('\n')
      .flatMap((line, index) =>
        isProse[index] && line.length > WIDEST ? [`line ${index + 1}: ${line.length} columns`] : [],
      );
  },
};

/** Committed files have no unfinished parts. */
export const finished: Rule = {
  says: 'nothing is left unfinished',
  about: (path) => path !== 'package-lock.json',
  breaches: linesWith(UNFINISHED, 'unfinished'),
};

/** The compiler is not silenced. */
export const typesAreChecked: Rule = {
  says: 'the compiler is not silenced',
  about: isTypeScript,
  breaches: linesWith(SILENCED, 'silences the compiler'),
};

/** The project builds anywhere: it names nobody's machine. */
export const noHomePaths: Rule = {
  says: "no path leads into one machine's folders",
  about: () => true,
  breaches: linesWith(HOME_PATH, 'an absolute path'),
};

/**
 * Hosts of registries are named nowhere: where packages come from is the business of whoever installs them.
 */
export const noRegistryHosts: Rule = {
  says: 'no package registry is named',
  about: (path) => path !== 'package-lock.json',
  breaches: linesWith(REGISTRY_HOST, 'a registry'),
};

/** Files and folders are named in kebab-case. */
export const kebabCase: Rule = {
  says: 'source files are named in kebab-case',
  about: (path) => isTypeScript(path) && /^(src|models|properties)\//.test(path),
  breaches: ({ path }) =>
    /^[a-z0-9-]+(\/[a-z0-9-]+)*(\.(long\.)?test|\.config)?\.tsx?$/.test(path) ? [] : ['not in kebab-case'],
};

/** The rules that look at a file's text alone. */
export const textRules: readonly Rule[] = [
  fileLength,
  proseWidth,
  finished,
  typesAreChecked,
  noHomePaths,
  noRegistryHosts,
  kebabCase,
];
