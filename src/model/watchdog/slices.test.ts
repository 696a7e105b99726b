import { describe, expect, test } from 'vitest';
import { faultOf } from '../../testing/fault-of.ts';
import { limited } from './limited.ts';
import { running, speculating } from './running.ts';
import { onBrokenOff, watchedOnce, watchedSlices } from './slices.ts';

const forEver = (): never => {
  for (;;);
};

describe('limited', () => {
  test('gives what comes of something in time, and throws what it throws', () => {
    expect(limited(10_000, () => 7)).toEqual({ kind: 'done', value: 7 });
    expect(() =>
      limited(10_000, () => {
        throw new RangeError('mine');
      }),
    ).toThrow(new RangeError('mine'));
  });

  test('breaks off what does not end, also where it catches everything', () => {
    expect(limited(30, forEver).kind).toBe('stopped');
    const stubborn = (): never => {
      for (;;) {
        try {
          forEver();
        } catch {
          // Not even this.
        }
      }
    };
    expect(limited(30, stubborn).kind).toBe('stopped');
  });

  test('can be used within itself', () => {
    const both = limited(10_000, () => [limited(30, forEver).kind, limited(10_000, () => 1).kind]);
    expect(both).toEqual({ kind: 'done', value: ['stopped', 'done'] });
  });
});

describe('watchedSlices', () => {
  test('passes on what a search yields and returns, and what it is told', () => {
    const slices = watchedSlices(function* () {
      const first = yield 1;
      const second = yield 2;
      return [first, second];
    });
    expect([slices.next(), slices.next(), slices.next('stop')]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: [undefined, 'stop'] },
    ]);
  });

  test('blames no function for not returning on what may be no state: the search says that its time is over', () => {
    // oxlint-disable-next-line require-yield -- it is over before it could wait
    const begin = function* search(spentMs: number): Generator<never, string, 'stop' | undefined> {
      if (spentMs > 0) return 'out of time';
      return speculating(() => running('action go, then', forEver, undefined));
    };
    const slices = watchedSlices(begin, { timeLimitMs: 200 });
    expect(slices.next()).toEqual({ done: true, value: 'out of time' });
  });

  test('tells which function does not return, and with which state', () => {
    const state = { at: 3 };
    const { code, details } = faultOf(() =>
      watchedOnce(() => running('action go, then', forEver, () => state), { callMs: 300 }),
    );
    expect(code).toBe('UW117');
    expect(details.where).toBe('action go, then');
    expect(details.likely).toContain('{"at":3}');
  });

  test('begins anew, and watches every call, where no call is to blame', () => {
    let begun = 0;
    let cleaned = 0;
    const slices = watchedSlices(
      function* () {
        begun += 1;
        yield 'a slice';
        if (begun === 1) {
          onBrokenOff(() => (cleaned += 1));
          for (let call = 0; ; call += 1) running(`call ${call}`, () => call, undefined);
        }
        return running('the last call', () => 'through', undefined);
      },
      { callMs: 2000 },
    );
    expect([slices.next(), slices.next(), slices.next()].map(({ value }) => value)).toEqual([
      'a slice',
      'a slice',
      'through',
    ]);
    expect([begun, cleaned]).toEqual([2, 1]);
  });

  test('leaves another one as it is that goes on in turns with it', () => {
    let cleaned = 0;
    const other = watchedSlices(function* () {
      onBrokenOff(() => (cleaned += 1));
      yield 'a slice';
      return 'through';
    });
    other.next();
    const broken = faultOf(() =>
      watchedOnce(() => running('action go, then', forEver, undefined), { callMs: 300 }),
    );
    expect([broken.code, cleaned, other.next().value]).toEqual(['UW117', 0, 'through']);
  });

  test('lets a search whose time is over say so, and ends one that does not', () => {
    const many = (): never => {
      for (let call = 0; ; call += 1) running(`call ${call}`, () => call, undefined);
    };
    const told: number[] = [];
    const slices = watchedSlices(
      // oxlint-disable-next-line require-yield -- it is over before anybody could wait for it
      function* (spentMs) {
        told.push(Math.sign(spentMs));
        return spentMs === 0 ? many() : 'unresolved';
      },
      { timeLimitMs: 50 },
    );
    expect([slices.next().value, told]).toEqual(['unresolved', [0, 1]]);
    const { code } = faultOf(() => watchedOnce(many, { timeLimitMs: 50 }));
    expect(code).toBe('UW119');
  });

  test('finds a call that does not return when every call is watched', () => {
    let begun = 0;
    const run = (): void => {
      begun += 1;
      if (begun === 1) forEver();
      running('guard of go', () => 1, undefined);
      running('guard of stay', forEver, () => ({ at: 4 }));
    };
    const { code, details } = faultOf(() => watchedOnce(run, { callMs: 300 }));
    expect([code, details.where, begun]).toEqual(['UW117', 'guard of stay', 2]);
  });

  test('lets what a search throws out as it is', () => {
    expect(() =>
      watchedOnce(() => {
        throw new TypeError('mine');
      }),
    ).toThrow(new TypeError('mine'));
  });
});
