import { describe, expect, it } from 'vitest';
import { Fault } from '../fault.ts';
import { MOST_LEVELS, parseJson } from './json.ts';

const refuse = (got: string): Fault =>
  new Fault('UW501', { where: 'a file', expected: 'JSON', got, likely: '', next: '' });
const read = (text: string): unknown => parseJson('a file', text, refuse);
const codeOf = (text: string): string => {
  try {
    read(text);
    return 'read';
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
};

describe('JSON that anyone may have written', () => {
  it('is what it says, with or without a mark at its beginning', () => {
    expect(read('{"a":[1,"\\u2028",null]}')).toEqual({ a: [1, '\u2028', null] });
    expect(read('\uFEFF{"a":1}\r\n')).toEqual({ a: 1 });
    expect(codeOf('{"a":1')).toBe('UW501');
    expect(codeOf('')).toBe('UW501');
  });

  it.each(['[', '{"a":', '[{"a":'])(
    'is refused when %s opens too often, and read when it just does not',
    (open) => {
      const close = open === '[' ? ']' : open === '[{"a":' ? '}]' : '}';
      const levels = open === '[{"a":' ? 2 : 1;
      const nested = (times: number): string => `${open.repeat(times)}0${close.repeat(times)}`;
      expect(codeOf(nested(MOST_LEVELS / levels))).toBe('read');
      expect(codeOf(nested(MOST_LEVELS / levels + 1))).toBe('UW324');
      expect(codeOf(nested(100_000))).toBe('UW324');
      expect(codeOf(open.repeat(100_000))).toBe('UW324');
    },
  );

  it('may have brackets in its texts, and beside each other', () => {
    expect(codeOf(JSON.stringify(`\\"${'['.repeat(1000)}`))).toBe('read');
    expect(codeOf(`[${'[],'.repeat(1000)}[]]`)).toBe('read');
  });

  it.each(['{"__proto__":{"a":1}}', '[{"b":{"\\u005f_proto__":null}}]', '{"a":1,"__proto__":[]}'])(
    'is refused with a field that would be lost: %s',
    (text) => {
      expect(codeOf(text)).toBe('UW325');
      expect(({} as { a?: number }).a).toBeUndefined();
    },
  );

  it.each(['{"a":1,"a":2}', '[{"b":{"c":1,"d":"c","\\u0063" : 1}}]', '{"a\\"b":[],"x":{},"a\\"b":0}'])(
    'is refused with two fields of one name: %s',
    (text) => expect(codeOf(text)).toBe('UW328'),
  );

  it.each(['{"a":{"a":{"a":"a"}},"b":["a","a",":"]}', '[{"a":1},{"a":1}]', '{"a":"\\":","\\"":"a"}', '"a"'])(
    'may have one name in several objects, and texts alike: %s',
    (text) => expect(codeOf(text)).toBe('read'),
  );

  it('keeps fields that only look like parts of an object', () => {
    const value = read('{"constructor":{"prototype":{"a":1}},"toString":2,"hasOwnProperty":3}');
    expect(Object.entries(value as object)).toEqual([
      ['constructor', { prototype: { a: 1 } }],
      ['toString', 2],
      ['hasOwnProperty', 3],
    ]);
    expect(({} as { a?: number }).a).toBeUndefined();
  });
});
