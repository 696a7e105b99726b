import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../testing/workplace.ts';
import { fileName } from './file-name.ts';

const place = createWorkplace();
afterAll(place.remove);

const hostile = [
  '..',
  '.',
  '',
  '../../escape',
  '/etc/passwd',
  '..\\..\\escape',
  'C:\\Windows\\x',
  'a/b',
  'a\0b',
  'a\nb',
  '.hidden',
  '...',
  '-rf',
  'con',
  'NUL.txt',
  'Com1',
  'x'.repeat(5000),
  `${'x'.repeat(5000)}y`,
  '日本',
  '中国',
  '日'.repeat(200),
  '\u202Egpj.exe',
  'trailing.',
  'trailing ',
  'a b',
  'a-b',
  '__proto__',
  'constructor',
  '\uD800',
];

describe('the name of a file', () => {
  it.each(['H-DEFER', 'dell-e6540--Q-OPEN', 'a.b_c', 'x--y', 'console', '-rf'])(
    'is the id where that is one: %s',
    (id) => {
      expect(fileName(id)).toBe(id);
    },
  );

  it('is one that any system takes, in the folder and nowhere else, and its own for each of these', () => {
    const folder = join(place.path, 'reports/attacks');
    mkdirSync(folder, { recursive: true });
    for (const id of hostile)
      writeFileSync(join(folder, `${fileName(id)}.json.123456.tmp`), id, { flag: 'wx' });
    expect(readdirSync(folder)).toHaveLength(hostile.length);
    expect(readdirSync(place.path, { recursive: true })).toHaveLength(hostile.length + 2);
  });

  it('has nothing but letters, digits, dots, hyphens and underscores, is not hidden, no device, and not long', () => {
    const ids = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...hostile));
    fc.assert(
      fc.property(ids, (id) => {
        const name = fileName(id);
        expect(name).toMatch(/^[\w-][\w.-]{0,140}$/);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        expect(fileName(name)).toBe(name);
      }),
    );
  });
});
