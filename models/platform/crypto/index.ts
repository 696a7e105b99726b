export { derives, learn, statementsIn, type Knowledge } from './knowledge.ts';
export {
  atom,
  hash,
  isSame,
  privateHalf,
  sign,
  textOf,
  tuple,
  type Atom,
  type Hash,
  type Signed,
  type Term,
  type Tuple,
} from './terms.ts';
