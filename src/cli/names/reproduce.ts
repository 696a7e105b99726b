import type { EngineName } from '../../claim/engine/engine.ts';
import type { ClaimResult } from '../../claim/result.ts';
import { commandLine } from '../../report/command-line.ts';
import type { Limits, ReductionKind } from '../../search/result.ts';

const FLAGS: { readonly [name in keyof Required<Limits>]: string } = {
  maxDepth: '--max-depth',
  maxStates: '--max-states',
  timeLimitMs: '--time-limit-ms',
  memoryLimitMb: '--memory-limit-mb',
};

/** The request of a run, as far as it decides the result. */
export interface RequestedRun {
  readonly engine: EngineName;
  readonly seed: number;
  readonly runs?: number;
  readonly limits: Limits;
  /** The way states are told apart, if not exactly. */
  readonly states?: 'fingerprint';
  readonly reduce?: readonly ReductionKind[];
  readonly config?: string;
}

/** Returns the command that repeats the result of a claim; a random finding is repeated in one run. */
export const reproduceClaim = (asked: RequestedRun, { claim, random }: ClaimResult): string => {
  const limits = Object.entries(FLAGS).flatMap(([name, flag]) => {
    const value = asked.limits[name as keyof Limits];
    return value === undefined ? [] : [flag, String(value)];
  });
  const path = random?.path === undefined ? [] : ['--path', random.path];
  const runs = asked.runs === undefined ? [] : ['--runs', String(asked.runs)];
  const how =
    asked.engine === 'random'
      ? ['--engine', 'random', '--seed', String(random?.seed ?? asked.seed), ...path, ...runs]
      : asked.engine === 'exhaustive'
        ? []
        : ['--engine', asked.engine];
  const states = asked.states === undefined ? [] : ['--states', asked.states];
  const reduce = asked.reduce === undefined ? [] : ['--reduce', ...asked.reduce];
  const config = asked.config === undefined ? [] : ['--config', asked.config];
  return commandLine('verify', '--claim', claim.id, ...how, ...limits, ...states, ...reduce, ...config);
};
