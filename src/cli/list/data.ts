import type { Claim, Suite } from '../../claim/claim.ts';
import type { AnyModel } from '../../model/index.ts';
import { acceptedBy } from '../../model/checks/parameters.ts';

/** Makes the data of a claim. */
export const claimData = (claim: Claim): object => ({
  id: claim.id,
  says: claim.says,
  source: claim.source,
  model: claim.model.id,
  invariant: claim.invariant,
  scenario: claim.scenario,
  expected: claim.expect,
  ...(claim.length === undefined ? {} : { expectedLength: claim.length }),
});

/** Makes the data of a suite. */
export const suiteData = ({ id, says, claims }: Suite): object => ({
  id,
  says,
  claims: claims.map(claimData),
});

/** Makes the data of a model. */
export const modelData = (model: AnyModel): object => ({
  id: model.id,
  says: model.says,
  invariants: Object.entries(model.invariants).map(([id, { kind, says, source }]) => ({
    id,
    kind,
    says,
    source,
  })),
  actions: Object.entries(model.actions).map(([id, { actor, says, needs }]) => ({
    id,
    actor,
    says,
    ...(needs === undefined ? {} : { needs }),
  })),
  defences: model.defences,
  capabilities: model.capabilities,
  parameters: model.parameters,
  accepts: Object.fromEntries(Object.entries(acceptedBy(model)).map(([name, { values }]) => [name, values])),
});
