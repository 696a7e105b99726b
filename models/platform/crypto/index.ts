export { derives, learn, statementsIn, type Knowledge } from './knowledge.ts';
export {
  atom,
  detached,
  hash,
  isSame,
  privateHalf,
  sign,
  textOf,
  tuple,
  type Atom,
  type Signed,
  type Term,
} from './terms.ts';
