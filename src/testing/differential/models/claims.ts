import { booleanIn, type Scope } from './scope.ts';
import { many, term, type Term } from './term.ts';

const claim = term('claim');

/** Scopes in which claims are written: of one state, and of those before and after a step. */
export interface ClaimScopes {
  readonly state: Scope;
  readonly steps: readonly [before: Scope, after: Scope];
}

/** Makes one question about both states of a step. */
const ofStep = ({ steps: [before, after] }: ClaimScopes): Term => {
  const both = { ...before, places: [...before.places, ...after.places] };
  return before.dice.make([
    () => term('boolean')`(${booleanIn(before)} && ${booleanIn(after)})`,
    () => term('boolean')`(${booleanIn(before)} && !(${booleanIn(after)}) && ${booleanIn(both)})`,
    () => booleanIn(both),
  ]);
};

type Kind = 'always' | 'sometimes' | 'never-step' | 'within' | 'no-deadlock' | 'recovers';

const bodyOf = (scopes: ClaimScopes, kind: Kind): Term => {
  const { state } = scopes;
  const { dice } = state;
  const asks = (): Term => term('body')`(s, setting) => ${booleanIn(state)}`;
  const rare = (): Term =>
    term('body')`(s, setting) => !(${booleanIn(state)} && ${booleanIn(state)} && ${booleanIn(state)})`;
  const given = dice.onceIn(2) ? [claim`given: ${asks()},`] : [];
  switch (kind) {
    case 'always':
      return many('parts', [...given, claim`holds: ${dice.onceIn(4) ? asks() : rare()},`], '\n');
    case 'sometimes':
      return claim`witness: ${asks()},`;
    case 'never-step': {
      const before = dice.onceIn(2) ? [claim`given: (a, b, setting) => ${ofStep(scopes)},`] : [];
      return many('parts', [...before, claim`bad: (a, b, setting) => ${ofStep(scopes)},`], '\n');
    }
    case 'within':
      return claim`given: ${asks()},\nresponds: ${asks()},\nsteps: ${dice.from(1, 4)},`;
    case 'no-deadlock':
      return many('parts', dice.onceIn(2) ? [claim`mayEnd: ${asks()},`] : [], '\n');
    case 'recovers':
      return many('parts', [...given, claim`good: ${asks()},`], '\n');
  }
};

const KINDS: readonly Kind[] = [
  'always',
  'always',
  'always',
  'sometimes',
  'never-step',
  'never-step',
  'within',
  'within',
  'no-deadlock',
  'recovers',
];

/** Makes the claims of a model. */
export const claimsIn = (scopes: ClaimScopes): Term => {
  const { dice } = scopes.state;
  const kinds = dice.some(KINDS, 1, 6);
  const made = kinds.map(
    (kind, index) => claim`claim${index}: {
    kind: '${kind}',
    says: 'a generated claim',
    source: 'generated',
    ${bodyOf(scopes, kind)}
  },`,
  );
  return many('claims', made, '\n');
};
