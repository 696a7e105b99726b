import type { System } from '../../model/index.ts';
import type { CheckpointOptions } from '../../search/exhaustive/options.ts';
import type { Listening } from '../engine/drive.ts';
import { searchWith } from '../engine/engine.ts';
import type { EngineResult } from '../engine/searching.ts';
import { limitsLeft, type Group } from '../group.ts';
import type { RunOptions } from './run-options.ts';

/** A group's search: its system, and since when that was being set up. */
export interface GroupSearch {
  readonly group: Group;
  readonly system: System;
  readonly invariants: readonly string[];
  readonly sinceMs: number;
  readonly listening: Listening;
}

/** Makes the search that decides the claims of a group, with the engine and the options of its run. */
export const searchGroup = (
  { group, system, invariants, sinceMs, listening }: GroupSearch,
  { engine = 'exhaustive', memory, random, reduce, strategy, threads = 1 }: RunOptions,
  checkpoint?: CheckpointOptions,
): Promise<EngineResult> =>
  searchWith(engine, system, {
    invariants,
    limits: limitsLeft(group.limits, sinceMs),
    threads,
    memory,
    ...(strategy === undefined ? {} : { strategy }),
    ...(reduce === undefined ? {} : { reduce }),
    random: random ?? {},
    listening,
    ...(engine === 'exhaustive' ? { checkpoint } : {}),
  });
