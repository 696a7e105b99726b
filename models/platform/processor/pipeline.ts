import { stepsOf, type Step } from './flow.ts';
import type { Instruction } from './instruction.ts';
import type { Machine } from './machine.ts';
import { available, claimsOf, freshUnits, take, type Claim, type Units } from './units.ts';

/**
 * A group for memory order: loads between two stores, or one store. A store waits for the groups before it,
 * if the machine requires that.
 */
interface MemoryGroup {
  readonly number: number;
  readonly isStore: boolean;
  unissued: number;
}

/** An instruction in the core. */
interface Flight {
  /** Counts all instructions since the beginning. */
  readonly index: number;
  readonly step: Step;
  readonly claims: readonly Claim[];
  readonly group: MemoryGroup | null;
  /** Groups that must issue before it. */
  readonly after: readonly MemoryGroup[];
  readonly dependants: { readonly flight: Flight; readonly latency: number }[];
  /** Producers that have not issued. */
  unknown: number;
  /** The tick from which all operands with known time are ready. */
  readyAt: number;
  issuedAt: number;
  doneAt: number;
}

/** The state of a core that executes a loop, tick by tick. */
export interface Pipeline {
  readonly machine: Machine;
  readonly steps: readonly Step[];
  readonly claims: readonly (readonly Claim[])[];
  readonly units: Units;
  /** The last instruction that wrote a resource, or stored to a place. */
  readonly writers: Map<string, Flight>;
  /** Oldest first; not yet retired. */
  inFlight: Flight[];
  /** Not yet issued. */
  waiting: Flight[];
  tick: number;
  /** Instructions dispatched so far. */
  dispatched: number;
  /** Micro-operations of the last instruction that later cycles still have to dispatch. */
  carried: number;
  loadGroup: MemoryGroup | null;
  storeGroup: MemoryGroup | null;
  groups: number;
}

const NEVER = -1;

/** A core before its first cycle, with units of its own or shared ones. */
export const startPipeline = (machine: Machine, body: readonly Instruction[], shared?: Units): Pipeline => {
  const steps = stepsOf(machine, body);
  return {
    machine,
    steps,
    claims: steps.map(({ cost }) => claimsOf(machine, cost.uses)),
    units: shared ?? freshUnits(machine, steps),
    writers: new Map(),
    inFlight: [],
    waiting: [],
    tick: 0,
    dispatched: 0,
    carried: 0,
    loadGroup: null,
    storeGroup: null,
    groups: 0,
  };
};

/** Retires the instructions that were done in an earlier cycle, oldest first. */
export const retire = (core: Pipeline): void => {
  const stays = core.inFlight.findIndex(({ doneAt }) => doneAt === NEVER || doneAt >= core.tick);
  core.inFlight = stays < 0 ? [] : core.inFlight.slice(stays);
};

const isReady = (core: Pipeline, { unknown, readyAt, after, claims }: Flight): boolean =>
  unknown === 0 &&
  readyAt <= core.tick &&
  after.every(({ unissued }) => unissued === 0) &&
  available(core.units, claims, core.tick);

/**
 * The priority of an instruction: older ones first, but one that others wait for counts as that much older.
 */
const rank = ({ index, dependants }: Flight): number => index - dependants.length;

const best = (core: Pipeline): Flight | undefined => {
  let chosen: Flight | undefined;
  for (const flight of core.waiting) {
    const better =
      chosen === undefined ||
      rank(flight) < rank(chosen) ||
      (rank(flight) === rank(chosen) && flight.index < chosen.index);
    if (better && isReady(core, flight)) chosen = flight;
  }
  return chosen;
};

const issue = (core: Pipeline, flight: Flight): void => {
  take(core.units, flight.claims, core.tick);
  flight.issuedAt = core.tick;
  flight.doneAt = core.tick + flight.step.cost.latency;
  if (flight.group !== null) flight.group.unissued -= 1;
  for (const { flight: next, latency } of flight.dependants) {
    next.unknown -= 1;
    next.readyAt = Math.max(next.readyAt, core.tick + latency);
  }
};

/** Issues every instruction that is ready and finds its units free. */
export const issueAll = (core: Pipeline): void => {
  for (let flight = best(core); flight !== undefined; flight = best(core)) {
    const issued = flight;
    core.waiting = core.waiting.filter((other) => other !== issued);
    issue(core, issued);
  }
};

const isUnissued = (group: MemoryGroup | null): group is MemoryGroup => group !== null && group.unissued > 0;

/** The group of a memory access. Loads between two stores share one until all of it has issued. */
const joinGroup = (core: Pipeline, { loads, stores }: Step): MemoryGroup | null => {
  if (!loads && !stores) return null;
  const current = core.loadGroup;
  const joins = isUnissued(current) && !current.isStore && current.number > (core.storeGroup?.number ?? 0);
  if (!stores && joins) {
    current.unissued += 1;
    return current;
  }
  core.groups += 1;
  const group: MemoryGroup = { number: core.groups, isStore: stores, unissued: 1 };
  if (stores) core.storeGroup = group;
  if (loads) core.loadGroup = group;
  return group;
};

const awaitProducer = (flight: Flight, producer: Flight, latency: number): void => {
  if (producer.issuedAt === NEVER) {
    flight.unknown += 1;
    producer.dependants.push({ flight, latency });
  } else {
    flight.readyAt = Math.max(flight.readyAt, producer.issuedAt + latency);
  }
};

const awaitOperands = (core: Pipeline, flight: Flight): void => {
  for (const { resource, advance } of flight.step.reads) {
    const producer = core.writers.get(resource);
    const write = producer?.step.writes.find((result) => result.resource === resource);
    if (producer !== undefined && write !== undefined) {
      awaitProducer(flight, producer, Math.max(0, write.latency - advance));
    }
  }
  const { cell, loads } = flight.step;
  const store = cell === null || !loads ? undefined : core.writers.get(cell);
  if (store !== undefined) awaitProducer(flight, store, store.step.forward);
};

const dispatchOne = (core: Pipeline): void => {
  const position = core.dispatched % core.steps.length;
  const step = core.steps[position]!;
  const after = step.stores && core.machine.storesInOrder ? [core.loadGroup, core.storeGroup] : [];
  const flight: Flight = {
    index: core.dispatched,
    step,
    claims: core.claims[position]!,
    after: after.filter(isUnissued),
    group: joinGroup(core, step),
    dependants: [],
    unknown: 0,
    readyAt: core.tick,
    issuedAt: NEVER,
    doneAt: NEVER,
  };
  awaitOperands(core, flight);
  for (const { resource } of step.writes) core.writers.set(resource, flight);
  if (step.stores && step.cell !== null) core.writers.set(step.cell, flight);
  core.dispatched += 1;
  core.inFlight.push(flight);
  // An instruction that is eliminated when it is renamed never waits for a unit.
  if (flight.claims.length === 0 && step.cost.latency === 0) issue(core, flight);
  else core.waiting.push(flight);
};

/**
 * Dispatches as many instructions as the width, the scheduler and the reorder buffer allow, up to a given
 * number.
 */
export const dispatch = (core: Pipeline, limit: number): void => {
  const { dispatchWidth, schedulerEntries, reorderEntries } = core.machine;
  let left = Math.max(0, dispatchWidth - core.carried);
  core.carried = Math.max(0, core.carried - dispatchWidth);
  let inFlight = core.inFlight.reduce((sum, { step }) => sum + step.cost.entries, 0);
  while (core.dispatched < limit && left > 0) {
    const { uops, entries: wanted } = core.steps[core.dispatched % core.steps.length]!.cost;
    const entries = Math.min(wanted, reorderEntries);
    const fits = Math.min(uops, dispatchWidth) <= left && inFlight + entries <= reorderEntries;
    if (!fits || core.waiting.length >= schedulerEntries) return;
    dispatchOne(core);
    inFlight += entries;
    core.carried = Math.max(0, uops - dispatchWidth);
    left -= Math.min(uops, dispatchWidth);
  }
};

/** One tick: retire, issue, dispatch, in that order, so that nothing issues in the tick in which it comes. */
export const advance = (core: Pipeline, limit: number): void => {
  retire(core);
  issueAll(core);
  if (core.tick % core.machine.ticksPerCycle === 0) dispatch(core, limit);
  core.tick += 1;
};

/** A description of the core on which all its future depends, relative to now: two equal ones go on alike. */
export const describe = (core: Pipeline): string => {
  const { tick, units, steps, dispatched } = core;
  const newest = core.groups;
  const flights = core.inFlight.map(({ issuedAt, doneAt, readyAt, dependants, group, after }) =>
    [
      issuedAt === NEVER ? dependants.length : '.',
      issuedAt === NEVER ? Math.max(0, readyAt - tick) : tick - issuedAt,
      doneAt === NEVER ? '' : doneAt - tick,
      group === null ? '' : newest - group.number,
      after.map(({ number, unissued }) => `${newest - number}:${unissued}`).join('+'),
    ].join(' '),
  );
  const stores = [...core.writers.values()]
    .filter(({ step, issuedAt }) => step.cell !== null && issuedAt !== NEVER)
    .map(({ issuedAt, step }) => Math.max(0, issuedAt + step.forward - tick));
  const groupOf = (group: MemoryGroup | null): string =>
    isUnissued(group) ? `${newest - group.number}:${group.unissued}` : '';
  return [
    dispatched % steps.length,
    tick % core.machine.ticksPerCycle,
    core.carried,
    groupOf(core.loadGroup),
    groupOf(core.storeGroup),
    stores.join(' '),
    units.freeAt.map((free) => Math.max(0, free - tick)).join(' '),
    units.groups.map(({ next, skipped }) => `${next}/${skipped}`).join(' '),
    ...flights,
  ].join('|');
};
