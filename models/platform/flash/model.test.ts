import { checkModel, checkPurity, systemOf } from 'underwatch/model';
import 'underwatch/vitest';
import { describe, expect, test } from 'vitest';
import { biosFlash } from './model.ts';

const capabilities = ['registers', 'flash'];

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(biosFlash);
    checkPurity(systemOf(biosFlash, { without: ['protectedRanges'], capabilities, parameters: {} }));
  });

  test('with everything locked BIOSWE is set and cleared again, and no write cycle reaches the flash', () => {
    const system = systemOf(biosFlash, { without: [], capabilities, parameters: { cores: 1 } });
    expect(system).toUphold('I-FLASH');
    expect(system).toReach({ states: 4, transitions: 12 });
  });
});
