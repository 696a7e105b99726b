import { readFileSync } from 'node:fs';
import { shownIn, shownLines } from '../../model/shown.ts';
import type { Report } from '../report.ts';
import { builtInModels, hashSource, modelsIn, type PageModels } from './models.ts';
import type { PageData, PageSubject } from './data.ts';
import { exploredData, pageData } from './page-data.ts';

/** The slots of the page: for its data, its models, and the hash that lets these run. */
const SLOTS = { data: '"the data of the page"', models: '"the models of the page"', hash: '%modelsHash%' };

// Bundled, the page lies beside what writes it; from source, what was built last is taken.
const TEMPLATE = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/page/page.html' : 'page/page.html',
  import.meta.url,
);

const markupFree = (json: string): string =>
  json.replaceAll(/[<>&]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Embeds data in a `script` element that is not run: JSON in which nothing ends the element or begins a
 * comment, and nothing acts on a browser or an editor that shows it.
 */
const embedded = (data: PageData): string => markupFree(shownLines(JSON.stringify(shownIn(data))));

const filled = (template: string, slot: string, text: string): string => {
  const [before = '', after = ''] = template.split(slot);
  return `${before}${text}${after}`;
};

/** Makes a page that shows data: the built one, with the data and the models put into it. */
const pageWith = (data: PageData, models: PageModels): string => {
  const script = models.kind === 'here' ? models.script : undefined;
  const template = readFileSync(TEMPLATE, 'utf8');
  const withHash = filled(template, SLOTS.hash, script === undefined ? '' : ` ${hashSource(script)}`);
  // A text, not a script: it runs once somebody asks what else could happen.
  const withModels = filled(
    withHash,
    SLOTS.models,
    script === undefined ? 'null' : markupFree(JSON.stringify(script)),
  );
  return filled(withModels, SLOTS.data, embedded(data));
};

/**
 * Writes a report as a page for people: one file that needs no network, in which text of a model or a log is
 * never markup. Its models run in it: those that are built in, or those that are given.
 */
export const pageText = (report: Report, models: PageModels = builtInModels(modelsIn(report))): string =>
  pageWith(pageData(report, models), models);

/** Writes a page of a model in a scenario: its reader chooses from any state what happens next. */
export const explorePage = (subject: PageSubject, models: PageModels): string =>
  pageWith(exploredData(subject), models);
