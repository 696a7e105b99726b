import type { Scenario } from '../model/index.ts';

/** The expected result of a complete search of a size, or the length of the shortest attack. */
export type Expected =
  | {
      readonly kind: 'holds';
      readonly states: number;
      readonly transitions: number;
      /** The length of the longest of the shortest paths to a state. */
      readonly depth: number;
    }
  | { readonly kind: 'violated'; readonly steps: number };

/** An instance of the reference model, with what is known of it. */
export interface Size {
  readonly id: string;
  readonly says: string;
  readonly cores: number;
  readonly pending: number;
  readonly nonces: number;
  /** Whether SMI_LOCK is set. */
  readonly lock: boolean;
  /** Whether the handler reads ALT_GP_SMI_STS. */
  readonly check: boolean;
  readonly expected: Expected;
  /**
   * The number of states that a search meets, roughly: for tools that want to know the size of their table.
   */
  readonly meets: { readonly breadthFirst: number; readonly depthFirst: number };
}

type Numbers = readonly [cores: number, pending: number, nonces: number];
type Counts = readonly [states: number, transitions: number, depth: number];

const whole = (
  id: string,
  [cores, pending, nonces]: Numbers,
  [states, transitions, depth]: Counts,
): Size => ({
  id,
  says: `${cores} cores, nothing broken: every state is looked at`,
  cores,
  pending,
  nonces,
  lock: true,
  check: true,
  expected: { kind: 'holds', states, transitions, depth },
  meets: { breadthFirst: states, depthFirst: states },
});

const broken = (
  id: string,
  without: 'lock' | 'check',
  [cores, pending, nonces]: Numbers,
  steps: number,
  [breadthFirst, depthFirst]: readonly [number, number],
): Size => ({
  id,
  says: `${cores} cores, ${without === 'lock' ? 'the SMI lock is missing' : 'one status register is not read'}`,
  cores,
  pending,
  nonces,
  lock: without !== 'lock',
  check: without !== 'check',
  expected: { kind: 'violated', steps },
  meets: { breadthFirst, depthFirst },
});

/**
 * The sizes that are measured, by name; every counting tool that can hold them agrees on the figures. From
 * XXL on that is our symbolic engine alone, level by level and by saturation; the states of XXL were also
 * counted by another program that works on sets.
 */
export const sizes: readonly Size[] = [
  whole('S', [2, 2, 2], [236_865, 780_827, 40]),
  whole('M', [3, 2, 3], [2_308_863, 9_188_445, 59]),
  whole('L', [4, 2, 4], [14_336_719, 65_937_581, 82]),
  whole('L5', [5, 2, 4], [43_537_605, 222_367_478, 91]),
  whole('XL', [6, 2, 5], [214_875_297, 1_220_057_647, 120]),
  whole('XXL', [8, 3, 7], [5_337_595_711, 36_342_892_550, 190]),
  whole('3XL', [16, 3, 7], [35_339_879_151_871, 394_006_070_260_262, 310]),
  broken('B1', 'check', [2, 2, 2], 12, [13_038, 57_125]),
  broken('B2', 'lock', [3, 2, 3], 13, [270_000, 9_000_000]),
  broken('B1+', 'check', [6, 2, 5], 16, [1_200_000, 10_000_000]),
  broken('B2+', 'lock', [6, 2, 5], 16, [6_400_000, 10_000_000]),
];

/** Returns the scenario of our own reference model that a size stands for. */
export const scenarioOf = ({ cores, pending, nonces, lock, check }: Size): Scenario => ({
  without: [...(lock ? [] : ['smiLock']), ...(check ? [] : ['altStatusCheck'])],
  capabilities: [],
  parameters: { cores, pending, nonces },
});
