import { dropStates } from '../batch.ts';
import type { Search } from '../search.ts';
import { placeOf, SEGMENT_STATES } from '../segments.ts';
import { createMember, expandChunk, type Member } from './member.ts';
import { CHUNK_STATES, COMMAND, CONTROL, ENTRY, type Ground } from './shared.ts';
import type { Workers } from './start.ts';

/** A team at work, as its leader has it: the thread that runs the search, and the model. */
export interface Lead {
  readonly search: Search;
  readonly ground: Ground;
  readonly workers: Workers;
  leader: Member;
  /** By owner: how many states its table has. */
  readonly owned: number[];
  /** What the workers were told last: runs of user code, effects, questions about arrays, and segments. */
  toldRuns: number;
  toldEffects: number;
  toldAsked: number;
  toldSegments: number;
}

/** The leader as a member: what it counts, it counts for the search. */
export const leadingMember = (search: Search, ground: Ground): Member => ({
  ...createMember(0, ground, search.actions!, search.system.instances.length),
  selfLoops: search.selfLoops,
});

/** Waits until every worker has reported. */
const awaitWorkers = ({ ground: { control }, workers }: Lead): void => {
  for (;;) {
    const done = Atomics.load(control, CONTROL.done);
    if (done === workers.ports.length) return;
    Atomics.wait(control, CONTROL.done, done);
  }
};

/** Has the workers do `command` while the leader does `own`. */
export const together = (lead: Lead, command: keyof typeof COMMAND, own: () => void): void => {
  const { control } = lead.ground;
  control[CONTROL.command] = COMMAND[command];
  control[CONTROL.cursor] = 0;
  Atomics.store(control, CONTROL.done, 0);
  Atomics.add(control, CONTROL.turn, 1);
  Atomics.notify(control, CONTROL.turn);
  own();
  awaitWorkers(lead);
};

/** Tells the workers what was learned and which segments there are, if it is more than they know. */
export const tellNews = (lead: Lead): void => {
  const { search, workers } = lead;
  const { space, store } = search;
  const { userRuns } = space.counts();
  if (userRuns !== lead.toldRuns) {
    lead.toldRuns = userRuns;
    const effects = space.effects();
    const asked = space.virtuals?.from(lead.toldAsked) ?? [];
    workers.brief({ lore: { table: space.forest.table(), effects: effects.slice(lead.toldEffects), asked } });
    lead.toldEffects = effects.length;
    lead.toldAsked += asked.length;
  }
  const { segments, parents } = store;
  if (segments.length === lead.toldSegments) return;
  const from = lead.toldSegments;
  lead.toldSegments = segments.length;
  workers.brief({ more: { from, segments: segments.slice(from), parents: parents.slice(from) } });
};

/** The batch that starts at state `head`: the state after its last, and its chunks. */
export const layBatch = ({ ground, leader }: Lead, head: number, end: number): number => {
  const { control, directory, transitions } = ground;
  const to = Math.min(end, head - placeOf(head) + SEGMENT_STATES);
  const chunks = Math.ceil((to - head) / CHUNK_STATES);
  control[CONTROL.from] = head;
  control[CONTROL.to] = to;
  control[CONTROL.chunks] = chunks;
  control[CONTROL.cursor] = 0;
  directory.fill(0, 0, chunks * ENTRY.length);
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    directory[chunk * ENTRY.length + ENTRY.come] = head + chunk * CHUNK_STATES;
  }
  transitions.fill(0);
  leader.filled.fill(0);
  return chunks;
};

const forgetHandedOn = ({ ground: { control }, leader }: Lead): void => {
  control[CONTROL.forgetting]! += 1;
  leader.forgetting = control[CONTROL.forgetting]!;
  leader.cache.fill(0);
};

/**
 * Finishes the chunks that were left because something had to be learned. Where that cannot be done either, the
 * batch ends: what was done beyond is taken back. Returns the state after the last one that counts.
 */
export const finishChunks = (lead: Lead): number => {
  const { ground, leader, search } = lead;
  const { control, directory, transitions } = ground;
  const from = control[CONTROL.from]!;
  const to = control[CONTROL.to]!;
  const chunks = control[CONTROL.chunks]!;
  const endOf = (chunk: number): number => Math.min(to, from + (chunk + 1) * CHUNK_STATES);
  const comeTo = (chunk: number): number => directory[chunk * ENTRY.length + ENTRY.come]!;
  let cut = chunks;
  let late = false;
  for (let chunk = 0; chunk < chunks && cut === chunks; chunk += 1) {
    if (comeTo(chunk) === endOf(chunk)) continue;
    // Later chunks were handed on already: a state that is in one of them and in this one belongs to this one.
    if (!late) leader.cache.fill(0);
    late = true;
    expandChunk(leader, chunk, 1, comeTo(chunk));
    if (comeTo(chunk) < endOf(chunk)) cut = chunk;
  }
  for (const count of transitions) search.transitions += count;
  if (cut < chunks) {
    for (let chunk = cut + 1; chunk < chunks; chunk += 1) {
      dropStates(search, from + chunk * CHUNK_STATES, comeTo(chunk));
    }
    control[CONTROL.chunks] = cut + 1;
    forgetHandedOn(lead);
    return comeTo(cut);
  }
  if (late) leader.cache.fill(0);
  return to;
};
