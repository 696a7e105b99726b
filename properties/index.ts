/**
 * The built-in suites, board auditors and studies: what the command decides without a configuration.
 *
 * @module underwatch/properties
 */
import type { Auditor, Part, Study, Suite } from 'underwatch';
import { intelBoards } from './audit/auditor.ts';
import { chipsetLaws } from './chipset.ts';
import { chipsetPart } from './conformance/chipset.ts';
import { smramPart } from './conformance/smram.ts';
import { coresByThemselves } from './cores.ts';
import { apicSuite } from './hypersentry/measurement/apic.ts';
import { attestationBootstrap } from './hypersentry/attestation/attestation-bootstrap.ts';
import { attestationProtocol } from './hypersentry/attestation/attestation.ts';
import { availability } from './hypersentry/invocation/availability.ts';
import { attestationDeadlines, measurementDeadlines } from './hypersentry/attestation/deadlines.ts';
import { deferral } from './hypersentry/invocation/deferral.ts';
import { edgeAge } from './hypersentry/invocation/edge-age.ts';
import { environment } from './hypersentry/measurement/environment.ts';
import { fabrication } from './hypersentry/invocation/fabrication.ts';
import { fakeSmi } from './hypersentry/invocation/fake-smi.ts';
import { fallback } from './hypersentry/measurement/fallback.ts';
import { freeze } from './hypersentry/measurement/freeze.ts';
import { honest } from './hypersentry/invocation/honest.ts';
import { inContext } from './hypersentry/measurement/in-context.ts';
import { necessity } from './hypersentry/invocation/necessity.ts';
import { ownPorts } from './hypersentry/invocation/own-ports.ts';
import { picture } from './hypersentry/invocation/picture.ts';
import { otherSources } from './hypersentry/invocation/other-sources.ts';
import { slide12 } from './hypersentry/invocation/slide-12.ts';
import { processors } from './hypersentry/measurement/processors.ts';
import { comingAndGoing } from './hypersentry/time/rounds.ts';
import { timing } from './hypersentry/time/timing.ts';
import { unsettledGates } from './hypersentry/invocation/unsettled-gates.ts';
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
import { lateLaunchSuites } from './late-launch/index.ts';
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
  ...lateLaunchSuites,
];

/** The auditors with which `underwatch audit` reads boards. */
export const auditors: readonly Auditor[] = [intelBoards];

/** The studies that `underwatch study` samples. */
export const studies: readonly Study[] = [pioneerJitter];

/** The conformance runs of `underwatch conform` against real implementations. */
export const parts: readonly Part[] = [chipsetPart, smramPart];
