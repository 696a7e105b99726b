import type { ClaimSpec } from 'underwatch';
import type { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Defence, Parameters } from '../../../models/hypersentry/invocation/setting.ts';

type Spec = ClaimSpec<Parameters, Defence, keyof typeof hypersentry.invariants>;
type Untried = NonNullable<Spec['untried']>;

const named = (parts: readonly string[], because: string): Untried =>
  Object.fromEntries(parts.map((part) => [part, because]));

const ACCESSES = ['writes *', 'ports *', 'polls *'];
const SURROUNDINGS = ['timers *', 'otherGpis *'];
/** Unsettled behaviours, but two tried with everything on: acpiEnGatesSmi and eosWriteZeroClears. */
const OTHER_BEHAVIOURS = ['altSts*', 'firstSmi*', 'gleCovers*', 'pm1Summary*', 'trapEnds*'];

const MACHINES = [
  'cores',
  'gpi',
  'layout',
  'kernel',
  'requests',
  'synchronousSmi',
  'followsEdge',
  'hidesOnSight',
  'hidesInParallel',
];
const elsewhere = ({ without = [] }: Spec): Untried =>
  named(
    [...MACHINES.map((name) => `${name} = *`), ...(without.length === 0 ? [] : ['defence * on'])],
    'another machine, hypervisor, verifier or handler is a claim of its own',
  );

/** Claims whose trials were not made, because each trial has at least so many thousands of states. */
const LARGE: { readonly [id: string]: number } = {
  'BOUND-SECURE-4-CORES': 71,
  'BOUND-SECURE-4-CORES-ALONE': 72,
  'BOUND-SLOW-HIDING-4-CORES': 73,
  'H-BLOCK-DECIDABLE': 10,
  'H-FAKE-2-CORES': 50,
  'H-FAKE-APM-BY-ALT-GP-SMI-STS': 57,
  'H-FAKE-APM-BY-SMI-STS': 57,
  'H-FAKE-OTHERGPI': 143,
  'H-FAKE-TIMER-TCO': 119,
  'H-GPIINV-BOUNDED': 102,
  'H-GPIINV-CHECKED': 196,
  'H-PMBASE-REREAD': 75,
  'ORIGIN-BY-ALT-GP-SMI-STS-ALONE': 92,
  'PICTURE-GPE0': 44,
  'PICTURE-IOTRAP': 52,
  'PICTURE-OTHERGPI': 143,
  'PICTURE-RTC': 94,
  'PICTURE-SWGPE': 133,
  'PICTURE-TIMER-TCO': 119,
  'REDUNDANT-ALT-GP-SMI-EN': 90,
  'REDUNDANT-GPI-ROUT': 90,
  'REDUNDANT-SOLICITED': 95,
};

/** Single trials that took more states than a trial may, of claims whose other trials were made. */
const UNDECIDED: { readonly [id: string]: readonly string[] } = {
  'PICTURE-TIMER-PERIODIC': ['writes GPI_INV.INV'],
  'PICTURE-TIMER-SOFTWARE': ['writes GPI_INV.INV'],
};

const sizeWords = (thousands: number): string =>
  `for their size: ${thousands},000 states or more with each of them`;

const everythingOn = (id: string): boolean => id.startsWith('FULL-');

const untriedOf = (id: string, spec: Spec): Untried => {
  const large = LARGE[id];
  if (everythingOn(id)) {
    const behaviours = OTHER_BEHAVIOURS.map((name) => `behaviour ${name}`);
    return { ...named([...ACCESSES, ...SURROUNDINGS, ...behaviours], sizeWords(621)), ...elsewhere(spec) };
  }
  if (large !== undefined) {
    const all = [...ACCESSES, ...SURROUNDINGS, 'capability *', 'behaviour *'];
    return { ...named(all, sizeWords(large)), ...elsewhere(spec) };
  }
  if (spec.parameters?.kernel === 'genuine')
    return { ...named([...ACCESSES, 'capability *'], 'nobody attacks here'), ...elsewhere(spec) };
  return { ...named(UNDECIDED[id] ?? [], 'more states than a trial may take'), ...elsewhere(spec) };
};

/**
 * Adds to each claim of the invocation that holds what was not tried outside its scope. All else was tried,
 * alone: the writable fields of the layout, ports, registers to poll, timers, pins, powers, and unsettled
 * behaviours.
 */
export const withUntried = <Claims extends { readonly [id: string]: Spec }>(
  claims: Claims,
): { readonly [id in keyof Claims]: Spec } =>
  Object.fromEntries(
    Object.entries(claims).map(([id, spec]): readonly [string, Spec] => [
      id,
      spec.expect === 'holds' && spec.untried === undefined
        ? { ...spec, untried: untriedOf(id, spec) }
        : spec,
    ]),
  ) as { readonly [id in keyof Claims]: Spec };
