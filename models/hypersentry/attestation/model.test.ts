import { describe, expect, test } from 'vitest';
import {
  checkModel,
  checkPurity,
  enabledIn,
  stepOf,
  systemOf,
  type State,
  type System,
} from 'underwatch/model';
import 'underwatch/vitest';
import { attestation } from './model.ts';

const asDrawn = { without: ['namesTrigger', 'signsOnce'], capabilities: [], parameters: { rounds: 1 } };

/** The only path when nobody attacks, as it is printed. */
const onlyPath = (system: System): readonly string[] => {
  const path: string[] = [];
  let state: State = system.initial[0]!;
  for (let instances = enabledIn(system, state); instances.length > 0; instances = enabledIn(system, state)) {
    expect(instances, 'an honest run leaves nothing to chance').toHaveLength(1);
    const { action, actor, choice } = instances[0]!;
    path.push(
      `${actor.padEnd(8)}  ${system.model.present!.step!(action, choice, state, system.setting) ?? action}`,
    );
    state = stepOf(system, state, instances[0]!);
  }
  return path;
};

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(attestation);
    checkPurity(
      systemOf(attestation, {
        without: ['bmcRefusesInBand', 'nonceCheck'],
        capabilities: Object.keys(attestation.capabilities),
        parameters: { kernel: 'modified', oldBoot: true },
      }),
      48,
    );
  });

  test('nobody who is honest does anything but the protocol: 19 states in a line', () => {
    expect(systemOf(attestation, { ...asDrawn, parameters: {} })).toReach({ states: 19, transitions: 18 });
  });
});

describe('an honest run', () => {
  test('is slides 15 and 16, message by message: {K_smm | Handler | Nonce} under the AIK, {Output | Nonce} under K_smm', () => {
    expect(onlyPath(systemOf(attestation, asDrawn))).toEqual([
      'firmware  PCR := H(0 | Handler)',
      'firmware  K_smm, K_smm⁻¹ into SMRAM; PCR := H(H(0 | Handler) | K_smm)',
      'firmware  locks SMRAM, starts the hypervisor',
      'verifier  to the target, in band: quote, with nonce q',
      'tpm       to the verifier: {H(H(0 | Handler) | K_smm) | q}K_AIK⁻¹',
      "verifier  the quote checks: K_smm is the handler's",
      'verifier  to the BMC, out of band: trigger 1',
      'bmc       pulses its GPI',
      'handler   measures: clean; stores the output in SMRAM',
      'verifier  to the target, in band: attest, with nonce n1',
      'handler   to the verifier: {clean | n1}K_smm⁻¹',
      'verifier  accepts the signature: clean',
    ]);
  });

  test('names its trigger where that defence is on', () => {
    const system = systemOf(attestation, { ...asDrawn, without: ['signsOnce'] });
    expect(onlyPath(system).at(-2)).toBe('handler   to the verifier: {clean | t1 | n1}K_smm⁻¹');
  });

  test('tells the verifier of a modification', () => {
    const system = systemOf(attestation, { ...asDrawn, parameters: { rounds: 1, kernel: 'modified' } });
    expect(onlyPath(system).slice(-2)).toEqual([
      'handler   to the verifier: {modified | n1}K_smm⁻¹',
      'verifier  accepts the signature: modified',
    ]);
  });

  test('has the nonce before the trigger where the schedule says so', () => {
    const parameters = { rounds: 1, schedule: 'nonce, then trigger' };
    expect(onlyPath(systemOf(attestation, { ...asDrawn, parameters })).slice(6)).toEqual([
      'verifier  to the target, in band: attest, with nonce n1',
      'handler   keeps n1 for the next measurement, forgets the last output',
      'verifier  to the BMC, out of band: trigger 1',
      'bmc       pulses its GPI',
      'handler   measures: clean; stores the output in SMRAM, signs and sends it',
      'verifier  accepts the signature: clean',
    ]);
  });
});
