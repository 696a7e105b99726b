/**
 * Makes identifiers for other languages: letters, digits and underscores, each with `prefix` before it so
 * that none is a word of the language, and no two alike even where case does not count.
 */
export const identifiersFor = (prefix: string, texts: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = `${prefix}${text.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')}`;
    let name = plain;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${plain}_${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
};

/** Writes `text` in printable ASCII, other characters as `\u` with four hexadecimal digits. */
export const asciiOf = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
