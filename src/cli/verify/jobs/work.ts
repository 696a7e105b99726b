import { Command } from 'commander';
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { faultOf } from '../../../claim/engine/internal.ts';
import { createWorkbench, groupsOf, type Group } from '../../../claim/group.ts';
import { searchGroup } from '../../../claim/run/search-group.ts';
import { Fault } from '../../../model/index.ts';
import type { Progress } from '../../../search/result.ts';
import { EXIT, type Finish } from '../../exit-codes.ts';
import { interruptible } from '../../interrupt.ts';
import { leave } from '../../leave.ts';
import { loadWorkspace } from '../../workspace/load-config.ts';
import { identityFor, likenessOf } from './likeness.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

type Search = Extract<ToWorker, { readonly kind: 'search' }>;

const PROGRESS_MS = 100;

// A model's function may keep the event loop from hearing that nobody is at the other end any more.
const WATCH = `
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 500);
`;

const endWithParent = (): void => {
  new Worker(WATCH, { eval: true }).on('error', () => undefined).unref();
  process.once('disconnect', () => leave(EXIT.interrupted));
};

const send = (message: FromWorker): void => {
  process.send?.(message);
};

const progressOf = (number: number): ((progress: Progress) => void) => {
  let lastMs = performance.now();
  return (progress) => {
    if (performance.now() - lastMs < PROGRESS_MS) return;
    lastMs = performance.now();
    send({ kind: 'progress', number, progress });
  };
};

/** Makes the searches that are asked for, one after the other. */
const createSearcher = (
  groups: readonly Group[],
  options: WorkerStart['options'],
  signal: AbortSignal,
): ((wanted: Search) => Promise<void>) => {
  const { made } = createWorkbench();
  return async ({ identified, invariants, number }) => {
    send({ kind: 'began', number });
    const group = groups[number];
    const startMs = performance.now();
    try {
      if (group === undefined) throw new RangeError(`there is no search ${number} of ${groups.length}`);
      const system = made(group.model, group.scenario, group.limits);
      const listening = { signal, onSlice: progressOf(number) };
      const found = await searchGroup({ group, system, invariants, sinceMs: startMs, listening }, options);
      const durationMs = performance.now() - startMs;
      // Afterwards: a model that remembers what it was asked shows that to the search only while it was not
      // asked.
      const identity = identified ? { identity: likenessOf(system, invariants) } : {};
      send({ kind: 'found', number, found, durationMs, ...identity });
    } catch (error) {
      const { cause, code, details } = faultOf(
        error,
        `model ${group?.model.id}, a search in another process`,
      );
      send({ kind: 'fault', number, code, details, ...(cause instanceof Error ? { cause } : {}) });
    }
  };
};

const unasked = (): Fault =>
  new Fault('UW304', {
    where: 'the command work',
    expected: 'a process that another one started, for a part of its searches',
    got: 'one that was started by hand',
    likely: '`verify --jobs` was meant',
    next: 'say --jobs with how many searches are to be made at a time',
  });

const work = async (): Promise<void> => {
  if (process.send === undefined) throw unasked();
  endWithParent();
  const inbox = on(process, 'message');
  const next = async (): Promise<ToWorker> => {
    const { value } = (await inbox.next()) as { readonly value: readonly [ToWorker] };
    return value[0];
  };
  const first = await next();
  if (first.kind !== 'start') throw unasked();
  const { claims: ids, config, options } = first.start;
  const workspace = await loadWorkspace(process.cwd(), config, ['suites']);
  const byId = new Map(workspace.suites.flatMap(({ claims }) => claims.map((claim) => [claim.id, claim])));
  const claims = ids.flatMap((id) => byId.get(id) ?? []);
  send({ kind: 'ready', identity: identityFor(claims, options, workspace.sources) });
  await interruptible(
    () => undefined,
    async (signal) => {
      const search = createSearcher(groupsOf(claims, options.limits ?? {}), options, signal);
      for (let asked = await next(); asked.kind === 'search'; asked = await next()) await search(asked);
    },
  );
};

/**
 * `underwatch work`: what `verify --jobs` starts. It takes searches from the process that started it, and is
 * in no help text.
 */
export const workCommand = (_: unknown, finish: Finish): Command =>
  new Command('work').description('make searches for the process that started this one').action(async () => {
    await work();
    finish(EXIT.asExpected);
  });
