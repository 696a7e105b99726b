import type { Machine, Use } from './machine.ts';
import type { Step } from './flow.ts';

/**
 * One use of a unit as the scheduler sees it: which units, how long, and how many of them have to be free.
 */
export interface Claim {
  readonly mask: number;
  readonly ticks: number;
  readonly needs: number;
}

/**
 * The state of the units: when each is free, and which of each group is next. Plain numbers, so that states
 * can be compared.
 */
export interface Units {
  /** The tick at which each unit is free again. */
  readonly freeAt: number[];
  /** For each group: its units, those that are left of this round, and those that leave the next one. */
  readonly groups: { readonly mask: number; next: number; skipped: number }[];
}

const bitCount = (mask: number): number => (mask === 0 ? 0 : 1 + bitCount(mask & (mask - 1)));
const highestBit = (mask: number): number => 2 ** (31 - Math.clz32(mask));

const maskOf = (machine: Machine, units: string): number =>
  Array.from(units).reduce((mask, unit) => mask | (1 << machine.units.indexOf(unit)), 0);

const merged = (claims: readonly Omit<Claim, 'needs'>[]): readonly Omit<Claim, 'needs'>[] => {
  const singles = new Map<number, number>();
  for (const { mask, ticks } of claims) {
    if (bitCount(mask) === 1) singles.set(mask, (singles.get(mask) ?? 0) + ticks);
  }
  const groups = claims.filter(({ mask }) => bitCount(mask) > 1);
  return [...[...singles].map(([mask, ticks]) => ({ mask, ticks })), ...groups];
};

/** The claims of an instruction, single units first and wider groups after the narrower ones they include. */
export const claimsOf = (machine: Machine, uses: readonly Use[]): readonly Claim[] => {
  const masks = merged(uses.map(({ units, ticks }) => ({ mask: maskOf(machine, units), ticks }))).toSorted(
    (a, b) => bitCount(a.mask) - bitCount(b.mask) || a.mask - b.mask,
  );
  return masks.map(({ mask, ticks }, index) => {
    const inside = masks.slice(0, index).filter((other) => (other.mask & mask) === other.mask);
    return { mask, ticks, needs: Math.min(bitCount(mask), 1 + inside.length) };
  });
};

/** All units free, every group at its beginning. */
export const freshUnits = (machine: Machine, steps: readonly Step[]): Units => {
  const claims = steps.flatMap(({ cost }) => claimsOf(machine, cost.uses));
  const masks = [...new Set(claims.map(({ mask }) => mask).filter((mask) => bitCount(mask) > 1))];
  return {
    freeAt: Array.from(machine.units).map(() => 0),
    groups: masks.toSorted((a, b) => a - b).map((mask) => ({ mask, next: mask, skipped: 0 })),
  };
};

const freeOf = ({ freeAt }: Units, mask: number, now: number): number => {
  let free = 0;
  for (let unit = 0; unit < freeAt.length; unit++) {
    if ((mask & (1 << unit)) !== 0 && freeAt[unit]! <= now) free |= 1 << unit;
  }
  return free;
};

/** Whether an instruction with these claims can issue now. */
export const available = (units: Units, claims: readonly Claim[], now: number): boolean =>
  claims.every(({ mask, needs }) => bitCount(freeOf(units, mask, now)) >= needs);

/**
 * The unit whose turn it is, from the highest down; a unit that was used out of turn misses the next round.
 */
const select = (group: Units['groups'][number], free: number): number => {
  if ((free & group.next) === 0) {
    group.next = group.mask & ~group.skipped;
    group.skipped = 0;
    if ((free & group.next) === 0) group.next = group.mask;
  }
  const chosen = highestBit(free & group.next);
  group.next &= chosen | (chosen - 1);
  return chosen;
};

const noteUse = (group: Units['groups'][number], unit: number): void => {
  if ((group.mask & unit) === 0) return;
  if (unit > group.next) {
    group.skipped |= unit;
    return;
  }
  group.next &= ~unit;
  if (group.next !== 0) return;
  group.next = group.mask & ~group.skipped;
  group.skipped = 0;
};

const earliest = ({ freeAt }: Units, mask: number): number => {
  const units = [...freeAt.keys()].filter((unit) => (mask & (1 << unit)) !== 0);
  return 1 << units.reduce((best, unit) => (freeAt[unit]! < freeAt[best]! ? unit : best));
};

/** Takes the units that an instruction claims. The choice within a group goes round, as llvm-mca's does. */
export const take = (units: Units, claims: readonly Claim[], now: number): void => {
  for (const { mask, ticks } of claims) {
    const free = freeOf(units, mask, now);
    const group = units.groups.find((known) => known.mask === mask);
    // More claims than units: the last of them comes after the others.
    const inTurn = group === undefined ? mask : select(group, free === 0 ? mask : free);
    const unit = free === 0 ? earliest(units, mask) : inTurn;
    const number = Math.log2(unit);
    units.freeAt[number] = Math.max(now, units.freeAt[number]!) + ticks;
    for (const other of units.groups) noteUse(other, unit);
  }
};
