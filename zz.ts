import * as P from './models/platform/processor/index.ts';
import * as C from './models/pioneer/checksum/index.ts';
let t=Date.now();
const all = C.forgingReads(C.pioneerVariant, C.READ_INSTRUCTIONS, 3); console.log(all.length, all.filter(s=>s.split('\n').length<3), Date.now()-t);
const plain = C.READ_INSTRUCTIONS.filter(s=>!/\[\w+ \+/.test(s)||s.startsWith('lea'));
const nod = C.READ_INSTRUCTIONS.filter(s=>!/\+/.test(s));
t=Date.now(); const w = C.forgingReads(C.pioneerVariant, plain, 3), w2=C.forgingReads(C.pioneerVariant, nod, 3); console.log(w, w2, Date.now()-t);
for (const m of Object.values(P.machines)) { t=Date.now(); console.log(m.id, C.cheapestForgery(m,C.pioneerVariant,all.filter(s=>s.split('\n').length<3)), C.cheapestForgery(m,C.pioneerVariant,w), C.cheapestForgery(m,C.pioneerVariant,w2), Date.now()-t); }
