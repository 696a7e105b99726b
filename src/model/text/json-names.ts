/**
 * Finds a field name that JSON text gives twice in one object; undefined if there is none. Linear in the
 * text.
 */
export const nameGivenTwice = (json: string): string | undefined => {
  /** The names of the open objects, from the outermost on; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === OPEN_OBJECT) open.push(new Set());
    else if (code === OPEN_LIST) open.push(undefined);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) open.pop();
    if (code !== QUOTE) continue;
    const start = at;
    at = endOfString(json, at);
    const names = open.at(-1);
    if (names === undefined || !isBeforeColon(json, at + 1)) continue;
    const name = JSON.parse(json.slice(start, at + 1)) as string;
    if (names.has(name)) return name;
    names.add(name);
  }
  return undefined;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

/** The place of the quote that ends the text that begins at `start`. */
const endOfString = (json: string, start: number): number => {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
};

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

const isBeforeColon = (json: string, after: number): boolean => {
  let at = after;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return json.charCodeAt(at) === COLON;
};
