import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A function of whatever kind. */
export type AnyFunction = (...args: never[]) => unknown;

/** The place where a function begins. */
export interface FunctionPlace {
  /** The absolute path of its file. */
  readonly path: string;
  readonly line: number;
}

interface Script {
  readonly url: string;
  readonly sourceMapURL?: string | undefined;
}

/** A place in a script, counted from zero. */
interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
}

// The name by which the inspector is handed a function; it is there for the length of one question.
const HANDED = '__underwatchFunction';

/**
 * Asks the engine where functions begin, in the scripts that it runs. It knows of no function that is built
 * in or bound.
 */
const locate = async (
  functions: readonly AnyFunction[],
): Promise<{
  readonly locations: ReadonlyMap<AnyFunction, Location>;
  readonly scripts: ReadonlyMap<string, Script>;
}> => {
  const { Session } = await import('node:inspector');
  const scripts = new Map<string, Script>();
  const locations = new Map<AnyFunction, Location>();
  const session = new Session();
  session.connect();
  try {
    session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params));
    session.post('Debugger.enable');
    for (const one of functions) {
      Object.defineProperty(globalThis, HANDED, { value: one, configurable: true });
      session.post('Runtime.evaluate', { expression: `globalThis.${HANDED}` }, (_, found) => {
        const { objectId } = found?.result ?? {};
        if (objectId === undefined) return;
        session.post('Runtime.getProperties', { objectId, ownProperties: true }, (__, properties) => {
          const inner = properties?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]');
          const location: unknown = inner?.value?.value;
          if (location !== undefined) locations.set(one, location as Location);
        });
        session.post('Runtime.releaseObject', { objectId });
      });
    }
  } finally {
    Reflect.deleteProperty(globalThis, HANDED);
    session.disconnect();
  }
  return { locations, scripts };
};

const urlOf = (url: string): string => (/^[a-z]+:/.test(url) ? url : pathToFileURL(url).href);

const DATA = /^data:application\/json[^,]*;base64,/;

/** Returns the source map of a script, where it has one. */
const sourceMapOf = ({ url, sourceMapURL = '' }: Script): SourceMap | undefined => {
  if (sourceMapURL === '') return undefined;
  try {
    const text = DATA.test(sourceMapURL)
      ? Buffer.from(sourceMapURL.replace(DATA, ''), 'base64').toString('utf8')
      : readFileSync(fileURLToPath(new URL(sourceMapURL, urlOf(url))), 'utf8');
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    // A map that is lost leaves the place in what runs.
    return undefined;
  }
};

const placeIn = (
  { lineNumber, columnNumber = 0 }: Location,
  script: Script,
  map: SourceMap | undefined,
): FunctionPlace | undefined => {
  const entry = map?.findEntry(lineNumber, columnNumber);
  const url = urlOf(script.url);
  try {
    return entry !== undefined && 'originalSource' in entry
      ? { path: fileURLToPath(new URL(entry.originalSource, url)), line: entry.originalLine + 1 }
      : { path: fileURLToPath(url), line: lineNumber + 1 };
  } catch {
    return undefined;
  }
};

/**
 * Finds where functions begin, in the files that people wrote. A function of which that is not known is left
 * out: a place is for who reads on, and no result depends on it.
 */
export const functionPlaces = async (
  functions: readonly AnyFunction[],
): Promise<ReadonlyMap<AnyFunction, FunctionPlace>> => {
  const maps = new Map<string, SourceMap | undefined>();
  const places = new Map<AnyFunction, FunctionPlace>();
  const { locations, scripts } = await locate(functions).catch(() => ({
    locations: new Map<AnyFunction, Location>(),
    scripts: new Map<string, Script>(),
  }));
  for (const [one, location] of locations) {
    const script = scripts.get(location.scriptId);
    if (script === undefined || script.url === '') continue;
    if (!maps.has(location.scriptId)) maps.set(location.scriptId, sourceMapOf(script));
    const place = placeIn(location, script, maps.get(location.scriptId));
    if (place !== undefined) places.set(one, place);
  }
  return places;
};
