/**
 * The built-in suites, board auditors and studies: what the command decides without a configuration.
 *
 * @module underwatch/properties
 */
import type { Auditor, Study, Suite } from 'underwatch';
import { intelBoards } from './audit/auditor.ts';
import { chipsetLaws } from './chipset.ts';
import { coresByThemselves } from './cores.ts';
import { apicSuite } from './hypersentry/apic.ts';
import { attestationBootstrap } from './hypersentry/attestation-bootstrap.ts';
import { attestationProtocol } from './hypersentry/attestation.ts';
import { availability } from './hypersentry/availability.ts';
import { attestationDeadlines, measurementDeadlines } from './hypersentry/deadlines.ts';
import { deferral } from './hypersentry/deferral.ts';
import { edgeAge } from './hypersentry/edge-age.ts';
import { environment } from './hypersentry/environment.ts';
import { fabrication } from './hypersentry/fabrication.ts';
import { fakeSmi } from './hypersentry/fake-smi.ts';
import { fallback } from './hypersentry/fallback.ts';
import { freeze } from './hypersentry/freeze.ts';
import { honest } from './hypersentry/honest.ts';
import { inContext } from './hypersentry/in-context.ts';
import { necessity } from './hypersentry/necessity.ts';
import { ownPorts } from './hypersentry/own-ports.ts';
import { picture } from './hypersentry/picture.ts';
import { otherSources } from './hypersentry/other-sources.ts';
import { slide12 } from './hypersentry/slide-12.ts';
import { processors } from './hypersentry/processors.ts';
import { comingAndGoing } from './hypersentry/rounds.ts';
import { timing } from './hypersentry/timing.ts';
import { unsettledGates } from './hypersentry/unsettled-gates.ts';
import { bogosti } from './pioneer/bogosti.ts';
import { blog2005 } from './pioneer/blog.ts';
import { pioneerControl } from './pioneer/control.ts';
import { devices } from './pioneer/devices.ts';
import { pioneerDerived } from './pioneer/derived.ts';
import { pioneerForgery } from './pioneer/forgery.ts';
import { pioneerHelpers } from './pioneer/helpers.ts';
import { pioneerHonest } from './pioneer/honest.ts';
import { pioneerJitter } from './pioneer/jitter.ts';
import { pioneerLimits } from './pioneer/limits.ts';
import { pioneerNecessity } from './pioneer/necessity.ts';
import { tickStamps } from './pioneer/tick-stamps.ts';
import { smramSuites } from './smram/index.ts';

/** Every suite that `underwatch verify` runs when a project brings none of its own. */
export const suites: readonly Suite[] = [
  chipsetLaws,
  coresByThemselves,
  honest,
  fakeSmi,
  picture,
  otherSources,
  ownPorts,
  slide12,
  deferral,
  unsettledGates,
  edgeAge,
  fabrication,
  availability,
  necessity,
  inContext,
  fallback,
  apicSuite,
  processors,
  freeze,
  measurementDeadlines,
  environment,
  timing,
  comingAndGoing,
  ...smramSuites,
  attestationProtocol,
  attestationDeadlines,
  attestationBootstrap,
  pioneerHonest,
  pioneerForgery,
  pioneerControl,
  pioneerNecessity,
  blog2005,
  pioneerLimits,
  pioneerDerived,
  bogosti,
  pioneerHelpers,
  tickStamps,
  devices,
];

/** What `underwatch audit` reads boards with. */
export const auditors: readonly Auditor[] = [intelBoards];

/** What `underwatch study` samples. */
export const studies: readonly Study[] = [pioneerJitter];
