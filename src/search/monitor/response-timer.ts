import { WAIT, type MonitorOf } from './monitor.ts';

/**
 * Returns how long `monitor` has waited in the state of `row`, after a step from a state in which it had
 * waited `waited` states.
 */
export const tick = (monitor: MonitorOf<'within'>, waited: number, row: Uint32Array): number => {
  const answer = monitor.waits.answer(row);
  if (answer === WAIT.ends) return 0;
  // One more than the bound is late, however much later it gets.
  if (waited > 0) return Math.min(waited + 1, monitor.steps + 1);
  return answer === WAIT.starts ? 1 : 0;
};
