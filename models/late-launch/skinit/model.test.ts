import { checkModel, checkPurity, stepOf, systemOf } from 'underwatch/model';
import 'underwatch/vitest';
import { describe, expect, test } from 'vitest';
import { skinit } from './model.ts';

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(skinit);
    checkPurity(systemOf(skinit, { without: ['slDev'], capabilities: ['dma'], parameters: {} }));
  });

  test('an honest session comes to its end, and nothing else happens', () => {
    const system = systemOf(skinit, { without: [], capabilities: [], parameters: {} });
    expect(system).toUphold('I-UNTAMPERED');
    expect(system).toReach({ states: 218, transitions: 464 });
  });

  test('EAX need not be aligned: bits 15:0 are cleared before anything is protected or hashed', () => {
    const system = systemOf(skinit, { without: [], capabilities: [], parameters: {} });
    const launches = system.instances.filter(({ action }) => action === 'skinit');
    expect(launches.map(({ choice }) => choice['eax'])).toEqual([0x10000, 0x18000]);
    const [one, other] = launches.map((instance) => stepOf(system, system.initial[0]!, instance));
    expect(other).toEqual(one);
  });
});
