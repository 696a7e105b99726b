export { countedBy, explainedBy, someoneComes, type Forgives } from './rendezvous.ts';
export { SAVE_STATE } from './save-state.ts';
export {
  broadcastSmi,
  enterFrom,
  enterSmm,
  executes,
  isFree,
  isFrozen,
  isHeld,
  isInFlight,
  latchOutside,
  latchSmi,
  leaveSmm,
  releaseSmi,
  resume,
  retireOne,
  startUp,
  takesSmi,
} from './smi.ts';
export { runningCore, type Core, type Hold, type Mode, type SmiPort } from './state.ts';
