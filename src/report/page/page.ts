import { readFileSync } from 'node:fs';
import { shownIn, shownLines } from '../../model/shown.ts';
import type { Report } from '../report.ts';
import { pageData } from './page-data.ts';

/** Where in the page its data goes. */
const SLOT = '"the data of the page"';

// Bundled, the page lies beside what writes it; from source, what was built last is taken.
const TEMPLATE = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/page/page.html' : 'page/page.html',
  import.meta.url,
);

/**
 * Data as it stands in a `script` element that is not run: JSON in which nothing ends the element or begins a comment, and
 * nothing acts on a browser or an editor that shows it.
 */
const embedded = (data: unknown): string =>
  shownLines(JSON.stringify(shownIn(data))).replaceAll(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A page that shows data: the built one, with the data put into it. */
const pageWith = (data: unknown): string => {
  const [before = '', after = ''] = readFileSync(TEMPLATE, 'utf8').split(SLOT);
  return `${before}${embedded(data)}${after}`;
};

/** A report as a page for people: one file that needs no network, in which text of a model or a log is never markup. */
export const pageText = (report: Report): string => pageWith(pageData(report));
