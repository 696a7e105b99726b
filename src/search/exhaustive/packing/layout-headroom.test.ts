import { expect, test } from 'vitest';
import { systemOf } from '../../../model/index.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { bitsFor, type Layout } from './layout.ts';
import { inOneGo } from '../../set-up.ts';
import { withSpace, type Space } from '../../learned-relation/space.ts';
import { covers, layoutFor, outgrown, roomyLayoutFor, type Outlook } from './layout-headroom.ts';

/** The space of the reference model, with what its instances do in the first states. */
const learned = (): Space => {
  const system = systemOf(smiGate, { without: [], capabilities: [], parameters: {} });
  const slices = withSpace(system, function* use(space): Generator<never, Space> {
    yield* [];
    const rows = [Uint32Array.from(space.initial[0]!)];
    for (let at = 0; at < 200; at += 1) {
      space.tries.forEach((_, index) => {
        const effect = space.effect(index, rows[at]!);
        if (effect === undefined) return;
        const next = rows[at]!.slice();
        for (let write = 0; write < effect.length; write += 2) next[effect[write]!] = effect[write + 1]!;
        rows.push(next);
      });
    }
    return space;
  });
  return inOneGo(slices);
};

const outlook = (changes: Partial<Outlook> = {}): Outlook => ({
  mayGrow: () => true,
  isAsked: () => false,
  ...changes,
});

const bitsIn = ({ slots }: Layout): readonly number[] => slots.map(({ bits }) => bits);

test('layouts leave room for what may still come, as far as there is some', () => {
  const space = learned();
  const needed = space.fields.map((_, field) => bitsFor(space.valuesOf(field).length));
  const exact = roomyLayoutFor(space, [], 2 ** 14, outlook({ mayGrow: () => false }));
  const roomy = roomyLayoutFor(space, [], 2 ** 14, outlook());
  const small = layoutFor(space, []);
  expect(bitsIn(exact)).toEqual(needed);
  expect(roomy.bits).toBeGreaterThan(exact.bits);
  // A small search takes no word more for it.
  expect(small.words).toBe(exact.words);
  expect(small.bits).toBeGreaterThan(exact.bits);
  for (const layout of [exact, roomy, small]) {
    expect(outgrown(layout, space)).toBe(false);
    expect(covers(layout, exact)).toBe(true);
    expect(covers(exact, layout)).toBe(layout === exact);
  }
});

test('only fields that are thought to grow are given more than they need', () => {
  const space = learned();
  const grows = space.fields.indexOf('saved.nonce');
  const exact = bitsIn(roomyLayoutFor(space, [], 2 ** 14, outlook({ mayGrow: () => false })));
  const roomy = bitsIn(roomyLayoutFor(space, [], 2 ** 14, outlook({ mayGrow: (field) => field === grows })));
  expect(space.valuesOf(grows)).toEqual([0]);
  expect(roomy).toEqual(exact.with(grows, 2));
});

test('what a question looks at has room for one value more than a power of two', () => {
  const space = learned();
  const asked = space.fields.indexOf('verifier.phase');
  const only = outlook({ mayGrow: (field) => field === asked });
  const less = bitsIn(roomyLayoutFor(space, [], 2 ** 14, only));
  const more = bitsIn(roomyLayoutFor(space, [], 2 ** 14, { ...only, isAsked: (field) => field === asked }));
  expect(space.valuesOf(asked)).toHaveLength(3);
  expect(less[asked]).toBe(2);
  expect(more).toEqual(less.with(asked, 3));
});
