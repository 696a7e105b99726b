import type { Claim, Suite } from '../../claim/claim.ts';
import { Fault } from '../../model/index.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { commandLine } from '../../report/command-line.ts';
import { isCalled } from './named.ts';
import { notFound } from './not-found.ts';
import { fits, isPattern } from '../../model/text/pattern.ts';

/** Selects the claims that are meant. */
type Meant = (claim: Claim) => boolean;

/**
 * Resolves a suite, a model, a claim or a pattern of their ids to claims; undefined for what is none of
 * these.
 */
const meantBy = ({ suites, models }: Workspace, name: string): Meant | undefined => {
  const all = suites.flatMap(({ claims }) => claims);
  if (isPattern(name)) {
    const isMeant: Meant = ({ id, suite, model }) => [id, suite, model.id].some((one) => fits(one, name));
    return all.some(isMeant) ? isMeant : undefined;
  }
  if (suites.some(({ id }) => isCalled(id, name))) return ({ suite }) => isCalled(suite, name);
  if (models.some(({ id }) => isCalled(id, name))) return ({ model }) => isCalled(model.id, name);
  return all.some(({ id }) => isCalled(id, name)) ? ({ id }) => isCalled(id, name) : undefined;
};

const kept = (suites: readonly Suite[], isMeant: Meant): readonly Suite[] =>
  suites
    .map((suite) => ({ ...suite, claims: suite.claims.filter(isMeant) }))
    .filter(({ claims }) => claims.length > 0);

const notAmong = (names: readonly string[], { id, suite }: Claim): Fault =>
  new Fault('UW305', {
    where: 'option --claim',
    expected: `a claim of ${names.join(', ')}`,
    got: id,
    likely: `${id} is a claim of suite ${suite}`,
    next: `name that suite, too, or the claim alone: ${commandLine('verify', id)}`,
  });

/**
 * Selects the suites with those of their claims that were asked for: those that `names` mean (suites, models,
 * claims, or patterns of them), and of these those that `claims` means (ids or patterns). Where nothing is
 * named, all. Throws UW305 for a name that nothing has.
 */
export const select = (
  workspace: Workspace,
  names: readonly string[],
  claims: readonly string[],
): readonly Suite[] => {
  const meant = names.map((got) => {
    const isMeant = meantBy(workspace, got);
    if (isMeant !== undefined) return isMeant;
    const kinds = ['suite', 'model', 'claim'] as const;
    throw notFound(workspace, { code: 'UW305', where: 'what to look at', kinds, got });
  });
  const isNamed: Meant = (claim) => names.length === 0 || meant.some((isMeant) => isMeant(claim));
  const chosen = kept(workspace.suites, isNamed);
  for (const got of claims) {
    const fitting = workspace.suites.flatMap((suite) => suite.claims.filter(({ id }) => fits(id, got)));
    if (fitting.some(isNamed)) continue;
    const [elsewhere] = fitting;
    if (elsewhere !== undefined) throw notAmong(names, elsewhere);
    throw notFound(workspace, { code: 'UW305', where: 'option --claim', kinds: ['claim'], got });
  }
  const selected = kept(
    chosen,
    ({ id }) => claims.length === 0 || claims.some((pattern) => fits(id, pattern)),
  );
  if (selected.length > 0) return selected;
  throw new Fault('UW305', {
    where: 'what to look at',
    expected: 'at least one claim',
    got: 'none',
    likely: names.length === 0 ? 'the configuration has no claims' : 'no suite has a claim about that model',
    next: 'run `underwatch list` for suites and their claims',
  });
};

/** Returns the one claim of this id. Throws UW305 if there is none. */
export const claimCalled = (workspace: Workspace, got: string): Claim => {
  const claim = workspace.suites.flatMap(({ claims }) => claims).find(({ id }) => isCalled(id, got));
  if (claim !== undefined) return claim;
  throw notFound(workspace, { code: 'UW305', where: 'option --claim', kinds: ['claim'], got });
};
