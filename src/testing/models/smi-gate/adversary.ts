import { oneOf, type AnyAction } from '../../../model/index.ts';
import { action, acts, type Gate, type SmiGate } from './state.ts';

const toggle = (
  field: 'altEn' | 'apmcEn' | 'gblEn',
  locked: (state: SmiGate) => boolean,
): AnyAction<SmiGate, Gate> =>
  action({
    actor: 'adversary',
    says: `toggles ${field}`,
    when: (s) => acts(s) && !locked(s),
    then: (d) => {
      d.chipset[field] = !d.chipset[field];
    },
  });

/** The actions of a compromised hypervisor. */
export const adversary: { readonly [name: string]: AnyAction<SmiGate, Gate> } = {
  route: action({
    actor: 'adversary',
    says: 'routes the pin',
    choose: { to: oneOf(['none', 'sci', 'smi']) },
    when: (s, { to }) => acts(s) && s.chipset.rout !== to,
    then: (d, { to }) => {
      d.chipset.rout = to;
    },
  }),
  altEn: toggle('altEn', () => false),
  apmcEn: toggle('apmcEn', () => false),
  gblEn: toggle('gblEn', (s) => s.chipset.lock),
  lock: action({
    actor: 'adversary',
    says: 'sets the lock',
    when: (s) => acts(s) && !s.chipset.lock,
    then: (d) => {
      d.chipset.lock = true;
    },
  }),
  clear: action({
    actor: 'adversary',
    says: 'clears a status',
    choose: { status: oneOf(['gpi', 'apm', 'per', 'tco', 'alt']) },
    when: (s, { status }) => acts(s) && s.chipset[status],
    then: (d, { status }) => {
      d.chipset[status] = false;
    },
  }),
  setApm: action({
    actor: 'adversary',
    says: 'writes the APM port',
    when: (s) => acts(s) && !s.chipset.apm,
    then: (d) => {
      d.chipset.apm = true;
    },
  }),
  spoof: action({
    actor: 'adversary',
    says: 'forges the pin',
    when: (s) => acts(s) && s.chipset.rout === 'smi' && !s.chipset.gpi,
    then: (d) => {
      d.chipset.gpi = true;
    },
  }),
  setTco: action({
    actor: 'adversary',
    says: 'causes a TCO event',
    when: (s) => acts(s) && !s.chipset.tco,
    then: (d) => {
      d.chipset.tco = true;
    },
  }),
  scrub: action({
    actor: 'adversary',
    says: 'hides',
    when: (s) => acts(s) && s.hyper === 'compromised' && s.bmc.outst,
    then: (d) => {
      d.hyper = 'scrubbed';
    },
  }),
  unscrub: action({
    actor: 'adversary',
    says: 'comes back',
    when: (s) => acts(s) && s.hyper === 'scrubbed',
    then: (d) => {
      d.hyper = 'compromised';
    },
  }),
  save: action({
    actor: 'adversary',
    says: 'keeps a result',
    when: (s) =>
      acts(s) &&
      s.result.val === 'clean' &&
      s.result.nonce > 0 &&
      (s.saved.nonce !== s.result.nonce || s.saved.taint !== s.result.taint),
    then: (d) => {
      d.saved = { nonce: d.result.nonce, taint: d.result.taint };
    },
  }),
  replay: action({
    actor: 'adversary',
    says: 'plays a kept result',
    when: (s) =>
      acts(s) &&
      s.saved.nonce > 0 &&
      (s.result.val !== 'clean' || s.result.nonce !== s.saved.nonce || s.result.taint !== s.saved.taint),
    then: (d) => {
      d.result = { val: 'clean', nonce: d.saved.nonce, taint: d.saved.taint };
    },
  }),
  drop: action({
    actor: 'adversary',
    says: 'drops the result',
    when: (s) => acts(s) && s.result.val !== 'none',
    then: (d) => {
      d.result = { val: 'none', nonce: 0, taint: false };
    },
  }),
};
