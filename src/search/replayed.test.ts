import { describe, expect, it } from 'vitest';
import { systemOf } from '../model/index.ts';
import { door } from '../testing/models/door.ts';
import { explore } from './exhaustive/explore.ts';
import { needReplayed } from './replayed.ts';
import type { Trace, Verdict } from './result.ts';

const scenario = { without: ['steel'], capabilities: ['hands', 'pick'], parameters: { lock: true } };
const system = systemOf(door, scenario);
const { verdicts } = explore(system);
const found = verdicts['shut']!;
const trace = found.kind === 'violated' ? found.trace! : undefined!;
const told = (forged: Trace): Verdict => ({ kind: 'violated', trace: forged, shortest: true });
const fault = (got: string): Error =>
  expect.objectContaining({
    code: 'UW120',
    details: expect.objectContaining({ got: expect.stringContaining(got) as string }) as object,
  }) as Error;

describe('an attack that a search found is run before anybody is told of it', () => {
  it('passes as it was found, and so does a witness', () => {
    expect(trace.steps.length).toBeGreaterThan(1);
    expect(verdicts['opens']).toMatchObject({ kind: 'holds', witness: {} });
    expect(() => needReplayed(system, verdicts)).not.toThrow();
  });

  it('is no verdict where it does not run', () => {
    const forged = { ...trace, steps: trace.steps.toReversed() };
    expect(() => needReplayed(system, { shut: told(forged) })).toThrow(fault('refuses'));
  });

  it('is no verdict where it shows nothing', () => {
    const forged = { ...trace, steps: [] };
    expect(() => needReplayed(system, { shut: told(forged) })).toThrow(
      fault('0 steps that run, and do not show it'),
    );
    expect(() => needReplayed(system, { opens: { kind: 'holds', witness: forged } })).toThrow('UW120');
  });
});
