/**
 * Returns the parts of a document that a command should print: between ellipses, without the line of the
 * command.
 */
export const printedIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/<!-- prints -->\n```console\n\$ [^\n]*\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
    text
      .split(/^…$/m)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
