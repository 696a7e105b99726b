import fc from 'fast-check';

/**
 * Hostile texts, on which some reader would act: controls, marks that turn directions, separators of lines,
 * halves of characters; markup, ends of tables, of code, comments and strings, and lines for a preprocessor.
 */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\u2028',
        '\u001b[2J',
        '\u0000',
        '\u202e',
        '\ud800',
        '\u009b1m',
        '\ufeff',
        '\t',
      ),
      fc.constantFrom(
        '```',
        '`',
        '|',
        '<script>',
        '</text>',
        '<!--',
        ']]>',
        '&lt;',
        '&#x202e;',
        '[a](b)',
        '**',
        '~~',
      ),
      fc.constantFrom('%%{init: {}}%%', '%%', '%s%n', '#35;', ';', 'end', '"', "'", '\\', '\\\n', '${x}'),
      fc.constantFrom(
        '*/',
        '/*',
        '//',
        '--',
        '-- \n',
        '\n#include "x"\n',
        '\n#define do od\n',
        '??/',
        '\\"',
        '}',
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** The characters that no text may have, whoever shows it: line breaks have to be taken out before. */
export const ACTIVE: RegExp = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
