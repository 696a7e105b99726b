import * as P from './models/platform/processor/index.ts';
import * as C from './models/pioneer/checksum/index.ts';
import * as T from './models/platform/translation/index.ts';
const words = Array.from({length:64},(_, i)=>C.nextState(BigInt(i*977+3),64));
const inputs = {nonce: 0x123456789abcdefn, iterations: 304, words, interrupts:false, dr7: 0x77n, returnAddress: 0xabcn};
const v=C.pioneerVariant;
console.log(C.expectedChecksum(v,C.LAYOUT,inputs)===C.runChecksum(C.unrolledBody(v),inputs), C.expectedChecksum(v,C.LAYOUT,inputs)===C.runChecksum(C.shortcutBody(v,inputs.nonce),inputs));
const s=(m:any,b:any)=>P.ratePerIteration(P.steadyState(m,b));
for (const v of [C.pioneerVariant, C.dataOnlyVariant]) for (const m of Object.values(P.machines)) {
  console.log(v.id, m.id, C.EXTRA_WORK.map(w=>`${w} ${s(m,C.checksumBody(v,w)).toFixed(2)}`).join(' | '));
  const t=Date.now();
  console.log('   unrolled', C.EXTRA_WORK.map(w=>`${(s(m,C.unrolledBody(v,w))/8).toFixed(3)}`).join(' | '), 'shortcut', C.EXTRA_WORK.map(w=>(s(m,C.shortcutBody(v,inputs.nonce,w))/8).toFixed(3)).join(' '), P.bottleneck(m,C.unrolledBody(v)), Date.now()-t);
}
for (const k of ['honest','attack'] as const) { const b=C.checkmateBlock(k); console.log(k, s(P.machines.core2,b), JSON.stringify(P.boundsOf(P.machines.core2,b)), P.uopsOf(P.machines.core2,b)); }
console.log(s(P.machines.core2, T.translate(C.checkmateBlock()).body));
