/** An element of XML, with the texts between its children joined. */
export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Element[];
  readonly text: string;
}

// The characters of XML 1.0.
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const decoded = (text: string): string => {
  if (/[<>]/.test(text) || /&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) {
    throw new SyntaxError(`markup that is not escaped: ${text.slice(0, 80)}`);
  }
  const names: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(\w+);/g, (_, name: string) => names[name] ?? '');
};

/**
 * Reads a document of XML 1.0 without comments, sections of data and declarations of types. Throws a
 * SyntaxError for what is not well formed.
 */
export const parseXml = (document: string): Element => {
  if (!CHARACTERS.test(document)) throw new SyntaxError('a character that XML cannot hold');
  const text = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '');
  let at = 0;
  const fail = (what: string): never => {
    throw new SyntaxError(`${what} at ${text.slice(at, at + 80)}`);
  };
  const element = (): Element => {
    const start = /^<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/.exec(text.slice(at));
    if (start === null) return fail('no element');
    const [whole, name = '', rest = '', slash] = start;
    at += whole.length;
    const pairs = Array.from(rest.matchAll(/([\w-]+)="([^"<]*)"/g), ([, key = '', value = '']) => [
      key,
      decoded(value),
    ]);
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) fail('an attribute twice');
    const attributes = Object.fromEntries(pairs) as { readonly [name: string]: string };
    const children: Element[] = [];
    let inner = '';
    if (slash === '/') return { name, attributes, children, text: inner };
    for (;;) {
      const next = text.indexOf('<', at);
      if (next < 0) fail('no end');
      inner += decoded(text.slice(at, next));
      at = next;
      if (text.startsWith(`</${name}>`, at)) {
        at += name.length + 3;
        return { name, attributes, children, text: inner };
      }
      children.push(element());
    }
  };
  const root = element();
  if (text.slice(at).trim() !== '') fail('something after the end');
  return root;
};
