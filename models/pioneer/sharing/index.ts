export { flowOf, iterationOf, type Flow } from './components.ts';
export { BUS, mostLineCycles, refillMilliCycles, SHARED_CACHE, type Link } from './link.ts';
export { cheapestCut, divisionsOf, fastestSharing } from './search.ts';
export { helperProgram, sumProgram, type Division } from './sides.ts';
