import { describe, expect, test } from 'vitest';
import type { Suite } from '../claim/claim.ts';
import { siteOf } from '../model/call-site.ts';
import { framesOf, placeOf, userFrames } from '../model/frames.ts';
import { Fault } from '../model/index.ts';
import { doorSuite } from '../testing/models/door.ts';
import { claimLine } from './claim-line.ts';
import { testSuites } from './index.ts';
import type { TestOptions } from './options.ts';

const faultOf = (suites: unknown, options: unknown): Fault => {
  try {
    testSuites(suites as readonly Suite[], options as TestOptions);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
};

describe('testSuites from plain JavaScript', () => {
  test.each<readonly [unknown, string, string, string]>([
    [{ engine: 'guess' }, 'UW340', 'testSuites, option engine', 'guess'],
    [{ engine: 'toString' }, 'UW340', 'testSuites, option engine', 'toString'],
    [{ timeout: 1000 }, 'UW340', 'testSuites, options', 'timeout'],
    [{ timeoutMs: 0 }, 'UW340', 'testSuites, option timeoutMs', '0'],
    [{ timeoutMs: 2 ** 31 }, 'UW340', 'testSuites, option timeoutMs', '2147483648'],
    [{ timeoutMs: '1000' }, 'UW340', 'testSuites, option timeoutMs', '1000'],
    [{ cache: 1 }, 'UW340', 'testSuites, option cache', '1'],
    [{ cache: '' }, 'UW340', 'testSuites, option cache', ''],
    [{ seed: 0.5 }, 'UW340', 'testSuites, option seed', '0.5'],
    [{ runs: 0 }, 'UW340', 'testSuites, option runs', '0'],
    [{ threads: 5 }, 'UW345', 'testSuites, option threads', '5'],
    [{ limits: [1] }, 'UW340', 'testSuites, option limits', '[ 1 ]'],
    [{ limits: { maxState: 1 } }, 'UW340', 'testSuites, option limits', 'maxState'],
    [{ limits: { maxStates: 0 } }, 'UW201', 'maxStates', '0'],
    [{ __proto__: null, constructor: 1 }, 'UW340', 'testSuites, options', 'constructor'],
    [null, 'UW340', 'testSuites', 'null'],
  ])('refuses the options %o', (options, code, where, got) => {
    const fault = faultOf([], options);
    expect(fault.code).toBe(code);
    expect(fault.details).toMatchObject({ where, got });
    // A reader finds the line that asked.
    expect(userFrames(fault.stack ?? '').map(placeOf)[0]).toMatch(/options\.test\.ts:\d+:\d+$/);
  });

  test.each<readonly [unknown, string]>([
    [doorSuite, 'testSuites'],
    [[doorSuite, 'door'], 'testSuites, entry 1 of the list'],
    [[{ id: 'door' }], 'testSuites, entry 0 of the list'],
  ])('refuses %o for suites', (suites, where) => {
    expect(faultOf(suites, {}).details.where).toBe(where);
  });
});

describe('where a claim stands', () => {
  const site = userFrames(siteOf(doorSuite.claims[0]!))[0]!;
  const placeIn = (line: string | undefined): string =>
    line?.replace(/^.*[\\/](?=[^\\/]*$)/, '') ?? 'nowhere';

  test('is where its suite was declared, to the line of its id', () => {
    expect(placeOf(site)).toMatch(/src[\\/]testing[\\/]models[\\/]door\.ts:\d+:\d+$/);
    const { id } = doorSuite.claims[0]!;
    expect(placeIn(claimLine(site, id))).toMatch(/^door\.ts:\d+:\d+\)$/);
  });

  test('is not known of an id that is computed, of a file that is gone, or of a claim that was copied', () => {
    expect(claimLine(site, 'NONE.*')).toBeUndefined();
    expect(claimLine({ ...site, file: '/nowhere/door.ts' }, 'DOOR')).toBeUndefined();
    expect(siteOf({ ...doorSuite.claims[0]! })).toBe('');
  });

  test('is found in this file from an error that was thrown here', () => {
    expect(placeOf(framesOf(new Error('here'))[0]!)).toMatch(
      /^src[\\/]vitest[\\/]options\.test\.ts:\d+:\d+$/,
    );
  });
});
