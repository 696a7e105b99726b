import * as P from './models/platform/processor/index.ts';
import * as C from './models/pioneer/checksum/index.ts';
for (const v of [C.pioneerVariant, C.dataOnlyVariant]) for (const m of Object.values(P.machines)) {
  const row: string[] = [];
  for (const w of C.EXTRA_WORK) { const b = C.checksumBody(v, w); const r = C.perIterationCycles(m, b); row.push(`${w} ${P.ratePerIteration(r).toFixed(2)} (${P.bottleneck(m,b)} ${P.ratePerIteration(P.lowerBound(m,b)).toFixed(2)})`); }
  console.log(v.id, m.id, row.join(' | '));
}
