import { describe, expect, test } from 'vitest';
import { checkModel, checkPurity, enabledIn, stepOf, systemOf, type State } from 'underwatch/model';
import { costsOf } from './costs.ts';
import { checksumLoopCosts, plainLoopCosts } from './loops.ts';
import { pioneerVariant } from '../checksum/index.ts';
import { pioneer } from './model.ts';
import { assemble, machines } from '../../platform/processor/index.ts';
import { swatt } from '../swatt/model.ts';
import { tickStamp } from '../tick-stamp/model.ts';

const everything = (model: typeof pioneer | typeof swatt | typeof tickStamp, parameters: object) => ({
  without: Object.keys(model.defences),
  capabilities: Object.keys(model.capabilities),
  parameters: parameters as never,
});

describe('the models', () => {
  test('are complete and pure, with every defence off and every power there', () => {
    checkModel(pioneer);
    checkPurity(systemOf(pioneer, everything(pioneer, {})), 40);
    checkModel(swatt);
    checkPurity(systemOf(swatt, everything(swatt, {})), 40);
    checkModel(tickStamp);
    checkPurity(systemOf(tickStamp, everything(tickStamp, {})), 40);
  });

  test('an honest run takes the steps of the protocol, and says what each costs', () => {
    const system = systemOf(pioneer, {
      without: [],
      capabilities: [],
      parameters: { root: 'first', jitterUs: 0 },
    });
    let state: State = system.initial[0]!;
    const told: string[] = [];
    for (let next = enabledIn(system, state); next.length > 0; next = enabledIn(system, state)) {
      expect(next, 'nothing is left to chance').toHaveLength(1);
      const [instance] = next;
      told.push(
        `${instance!.actor}: ${system.model.present!.step!(instance!.action, instance!.choice, state, system.setting)!}`,
      );
      state = stepOf(system, state, instance!);
    }
    expect(told).toEqual([
      'verifier: sends a nonce and starts its clock',
      'adversary: lets the function go on',
      'function: CLI, handlers, registers: 1,000 cycles',
      'function: 2,500,000 iterations: 310,800,000 cycles; right',
      'prover: sends the checksum: 1,000 cycles',
      'network: the checksum is right, 311,362,000 of 312,202,000 cycles after the challenge: the verifier accepts',
      'function: hashes the executable; the verifier compares',
      'function: jumps to the executable',
      'executable: ends and reports that the kernel is genuine',
    ]);
  });
});

describe('costs', () => {
  test('of events are those of the sources, from the least to the most', () => {
    expect(costsOf('prescott', 'least')).toEqual({
      expectedMhz: 2800,
      actualMhz: 2800,
      raisedMhz: 2800,
      exceptionCycles: 470,
      iretCycles: 325,
      cr3LoadCycles: 500,
      vmExitCycles: 3963,
    });
    expect(costsOf('prescott', 'most').cr3LoadCycles).toBe(1000);
    expect(() => costsOf('haswell', 'most')).toThrow(expect.objectContaining({ code: 'UW802' }));
  });

  test('of the loop come out of its instructions', () => {
    expect(checksumLoopCosts(machines.prescott, pioneerVariant)).toEqual({
      blockMilliCycles: 16_000,
      translatedMilliCycles: 25_500,
      forgePcMilliCycles: 0,
      forgeDpMilliCycles: 0,
      substituteMilliCycles: 2000,
    });
  });

  test('of STI are far larger natively than under the translator', () => {
    const loop = assemble('fb: sti\nadd rcx, 1\nmov rax, [rsi]\ncmp rax, rdx\nje fb');
    expect(plainLoopCosts(machines.prescott, loop)).toEqual({
      blockMilliCycles: 66_000,
      translatedMilliCycles: 8000,
    });
  });
});
