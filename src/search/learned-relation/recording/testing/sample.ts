import { freeze } from 'immer';
import type { Value } from '../../../../model/index.ts';
import { createRecorder, type Recorder } from '../recorder.ts';
import { flatten, shapeOf, type StateShape } from '../../fields/shape.ts';

/** A state with every kind of part, as a recipe sees it. */
export interface Sample {
  flag: boolean;
  mode: 'off' | 'idle' | 'run';
  box: { left: number; right: number; inner: { seen: boolean } };
  cells: { on: boolean }[];
  slots: (number | null)[];
  queue: number[];
  message: { to: number; tags: string[] } | null;
  nothing: { to: number } | null;
}

/**
 * The sample state, frozen as every state is, in which `queue`, `message` and `nothing` are fields as a
 * whole.
 */
export const sample: Sample = freeze<Sample>(
  {
    flag: true,
    mode: 'idle',
    box: { left: 1, right: 2, inner: { seen: false } },
    cells: [{ on: false }, { on: true }],
    slots: [3, 1, 2],
    queue: [],
    message: { to: 4, tags: ['a'] },
    nothing: null,
  },
  true,
);

/** A recipe, and the fields that it reads (in order) and writes in the sample. */
export type Change = readonly [what: string, recipe: (draft: Sample) => void, reads: string, writes: string];

/** The fields of `slots`. */
export const SLOTS = 'slots.0 slots.1 slots.2';
/** The fields of `cells`. */
export const CELLS = 'cells.0.on cells.1.on';

/** A shape that fits the sample. */
export const sampleShape: StateShape = shapeOf(sample as never, new Set(['message']));
/** The values of the sample's fields. */
export const sampleValues: readonly Value[] = flatten(sampleShape, sample as never);
/** The path of a field, of either of two states. */
export const pathOf = (field: number): string => sampleShape.fields[field % sampleShape.fields.length]!;
/** A recorder of its own. */
export const sampleRecorder = (): Recorder => createRecorder(sampleShape);
