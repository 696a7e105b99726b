import { describe, expect, test } from 'vitest';
import { linesOf, valueOf } from './qtest.ts';

describe('the qtest protocol', () => {
  test('has a line for a port, and two for configuration space', () => {
    expect(linesOf({ kind: 'out', port: 0xb2, bytes: 1, value: 2 })).toEqual(['outb 0xb2 0x2']);
    expect(linesOf({ kind: 'in', port: 0x630, bytes: 4 })).toEqual(['inl 0x630']);
    expect(linesOf({ kind: 'store', address: 0xa_0000, value: 7 })).toEqual(['writeb 0xa0000 0x7']);
    const at = { device: 31, function: 0 };
    expect(linesOf({ kind: 'configure', at, offset: 0xa2, bytes: 2, value: 0x10 })).toEqual([
      'outl 0xcf8 0x8000f8a0',
      'outw 0xcfe 0x10',
    ]);
    expect(linesOf({ kind: 'config', at, offset: 0x44, bytes: 1 })).toEqual([
      'outl 0xcf8 0x8000f844',
      'inb 0xcfc',
    ]);
  });

  test('answers with a value, or with none', () => {
    expect(['OK 0x0601', 'OK', 'FAIL Unknown command', ''].map(valueOf)).toEqual([
      0x601,
      0,
      undefined,
      undefined,
    ]);
  });
});
