import type { Question } from 'underwatch';
import type { Capability } from '../../models/hypersentry/invocation/setting.ts';
import type { FieldWrite } from '../../models/platform/chipset/index.ts';
import { scopeOf, type Scope } from '../../models/hypersentry/invocation/scope.ts';

/** A question about a board, with the powers that the hypervisor may use for it. */
export interface BoardQuestion extends Question {
  readonly capabilities: readonly Capability[];
  readonly writes: readonly FieldWrite[];
  /** Whether to start from the status bits and pins as they were found, rather than from cleared ones. */
  readonly asFound?: true;
}

const hands: readonly Capability[] = ['ports', 'config', 'poll', 'apic', 'hide', 'spin'];
// PMBASE is a gate of its own, and asked about as one.
const handsAndBmc: readonly Capability[] = [...hands, 'kcs'];

/** Questions on stealth: is the trigger accepted at all, on time, and unseen? */
const invocation = ({ gates, inversion, sci }: Scope): readonly BoardQuestion[] => [
  {
    id: 'SLIDE-14',
    invariant: 'I-HONEST-RUN',
    says: "starting from the status bits as they were found, slide 14's rule can accept a genuine trigger",
    source: 'HyperSentry slide 14: measurement is invoked only if all other bits are 0',
    // Earlier SMIs, whose handler clears what can be cleared.
    capabilities: ['apic'],
    writes: [],
    asFound: true,
  },
  {
    id: 'H-DEFER',
    invariant: 'I-COMPLETE',
    says: 'a modified hypervisor holds the genuine trigger back, hides, lets it through, and is accepted as clean',
    source: 'HyperSentry slides 10 to 14; gap G1',
    capabilities: handsAndBmc,
    writes: [...gates, ...inversion],
  },
  {
    id: 'H-STEALTH',
    invariant: 'I-STEALTH',
    says: 'the hypervisor sees the trigger before the cores are frozen',
    source: 'HyperSentry slide 4; gap G1',
    capabilities: hands,
    writes: [...gates, ...inversion],
  },
  {
    id: 'H-REROUTE-SCI',
    invariant: 'I-STEALTH',
    says: 'the trigger interrupts the hypervisor as an SCI',
    source: 'HyperSentry slide 11',
    capabilities: ['ports', 'config', 'hide'],
    writes: [...gates.filter(({ register }) => register === 'GPI_ROUT'), ...sci],
  },
];

/** Questions on origin: does the trigger come from the BMC? */
const origin = ({ gates, inversion, apm }: Scope): readonly BoardQuestion[] => [
  {
    id: 'H-FAKE',
    invariant: 'I-ORIGIN',
    says: 'an SMI of the hypervisor (APM port, local APIC) passes for a trigger',
    source: 'HyperSentry slides 13 and 14',
    capabilities: hands,
    writes: [...gates, ...apm],
  },
  {
    id: 'H-GPIINV',
    invariant: 'I-ORIGIN',
    says: 'inverting the input passes for a trigger',
    source: 'gap G2',
    capabilities: hands,
    writes: [...gates, ...inversion],
  },
  {
    id: 'H-BMC-INBAND',
    invariant: 'I-ORIGIN',
    says: 'if a BMC drives the pin: a command over its in-band interface passes for a trigger',
    source: 'gap G3',
    capabilities: [...hands, 'kcs'],
    writes: gates,
  },
  {
    id: 'H-PMBASE',
    invariant: 'I-ORIGIN',
    says: 'a device forges the registers that the handler reads, where PMBASE was moved or is not decoded',
    source: 'gap G8; ACPI_CNTL.ACPI_EN, found by the search',
    capabilities: ['ports', 'config', 'apic', 'hide', 'device'],
    writes: gates.filter(({ register }) => register === 'ALT_GP_SMI_EN' || register === 'ACPI_CNTL'),
  },
];

/** Questions on availability: does the trigger get through, and is a loss noticed? */
const availability = ({ gates, locks }: Scope): readonly BoardQuestion[] => [
  {
    id: 'H-BLOCK',
    invariant: 'I-LIVENESS',
    says: 'the trigger is swallowed: no answer, which the verifier notices',
    source: 'HyperSentry slides 11 to 13',
    accepted: {
      ifHolds: 'H-BLOCK-NOTICED',
      because: 'whoever owns the machine can always keep it from answering, and the verifier notices',
    },
    capabilities: hands,
    writes: [...gates, ...locks],
  },
  {
    id: 'H-BLOCK-NOTICED',
    invariant: 'I-NOTICED',
    says: 'a swallowed trigger is noticed by the verifier',
    source: 'HyperSentry slide 13',
    capabilities: hands,
    writes: [...gates, ...locks],
  },
];

/**
 * The questions for every board whose trigger comes in on `gpi`; the other pin of a question is the next one.
 */
export const questionsFor = (gpi: number): readonly BoardQuestion[] => {
  const scope = scopeOf(gpi, (gpi + 1) % 16);
  return [...invocation(scope), ...origin(scope), ...availability(scope)];
};
