import { suite, type Suite } from 'underwatch';
import { pioneerVariant } from '../../models/pioneer/checksum/index.ts';
import { checksumLoopCosts, plainLoopCosts } from '../../models/pioneer/protocol/loops.ts';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import type { Parameters } from '../../models/pioneer/protocol/setting.ts';
import { assemble, machines } from '../../models/platform/processor/index.ts';
import { asPublished, plainKernel } from './adversary.ts';

/**
 * The costs of the reconstructed loop on Pioneer's machine, derived from its instructions; none is given by
 * hand.
 */
const onPrescott = { ...plainKernel, ...checksumLoopCosts(machines.prescott, pioneerVariant) };

/** The same with every free issue slot filled. */
const filled = {
  ...plainKernel,
  ...checksumLoopCosts(machines.prescott, pioneerVariant, { filled: true }),
};

/** Under a translator that joins PUSHF and POP, and under one that also knows that it runs behind a CLI. */
const fused = {
  ...plainKernel,
  ...checksumLoopCosts(machines.prescott, pioneerVariant, { translation: { fusesPop: true } }),
};
const tuned = {
  ...plainKernel,
  ...checksumLoopCosts(machines.prescott, pioneerVariant, {
    translation: { fusesPop: true, interruptsOff: true },
  }),
  slackCycles: 0,
  jitterUs: 0,
};

/**
 * The loop of the blog's listing (B10), instruction by instruction, in the 64-bit registers that the subset
 * has: `fb`, `83 c1 01`, `a1 moffs32` (which the loader fills in), `39 d0`, `74 f3`. Its load has an absolute
 * address, as there.
 */
const BLOG_LOOP = assemble('fb: sti\nadd rcx, 1\nmov rax, [4096]\ncmp rax, rdx\nje fb');
/**
 * A VMM that takes 100 cycles for an iteration, against STI alone, and CLI and STI, on the bare processor.
 */
const hundred = (body: string): Partial<Parameters> => ({
  ...plainKernel,
  ...plainLoopCosts(machines.prescott, assemble(body)),
  translatedMilliCycles: 100_000,
  slackCycles: 0,
  jitterUs: 0,
});
const blogLoop = { ...plainKernel, ...plainLoopCosts(machines.prescott, BLOG_LOOP) };

/**
 * The same on the machine of the post: nine cycles translated, as measured; natively by what STI may take
 * there.
 */
const { pentiumM } = machines;
const onPentiumM = (stiTakes: 'set-interrupts' | 'pop-flags'): Partial<Parameters> => {
  const { [stiTakes]: timing } = pentiumM.timings;
  const timings = timing === undefined ? pentiumM.timings : { ...pentiumM.timings, 'set-interrupts': timing };
  const { blockMilliCycles } = plainLoopCosts({ ...pentiumM, timings }, BLOG_LOOP);
  return { ...plainKernel, blockMilliCycles, translatedMilliCycles: 9000 };
};

const source = 'models/platform/processor and models/platform/translation on the reconstructed loop';
const copied = {
  invariant: 'I-GENUINE',
  without: asPublished,
  capabilities: ['code'],
  source,
} as const;
const translated = {
  invariant: 'I-BARE',
  without: [...asPublished, 'longMode'],
  capabilities: ['translator'],
  source,
} as const;

/** Claims on the same questions with costs derived from instructions, on the Prescott core. */
export const pioneerDerived: Suite = suite({
  id: 'pioneer-derived',
  says: 'the reconstructed checksum loop on Prescott: 16 cycles natively, 25.5 under a translator and 16 under a cunning one, and the blog’s loop at 66 and 8',
  model: pioneer,
  claims: {
    'P-PARALLEL-DERIVED': {
      ...copied,
      parameters: { ...onPrescott, slackCycles: 0, jitterUs: 0 },
      expect: 'violated',
      length: 6,
      says: 'P-PARALLEL, B2: the loop as reconstructed waits for its own PUSHF and products; in its free slots a memory copy costs nothing and needs no slack',
    },
    'P-PARALLEL-FILLED': {
      ...copied,
      parameters: { ...filled, slackCycles: 0, jitterUs: 0 },
      expect: 'violated',
      length: 6,
      says: 'P-PARALLEL: to fill every slot does not help: the distance of the clean copy goes into the displacement of a load that is there anyway',
    },
    'P-DATASUB-DERIVED': {
      ...copied,
      parameters: { ...onPrescott, copies: [{ code: 'inPlace', data: 'inPlace' }] },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'P-DATASUB: a comparison for every read does not fit in: 2 cycles of 16, 12.5 %, SWATT’s 3 of 23 being 13 %',
    },
    'P-VMM-BT-DERIVED': {
      ...translated,
      parameters: onPrescott,
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'P-VMM-BT, B5: PUSHF and POP, each translated by itself, make 25.5 cycles of 16: 23,750,000 in all, 28 times the slack',
    },
    'P-VMM-BT-DERIVED-THRESHOLD': {
      ...translated,
      parameters: { ...onPrescott, slackCycles: 23_750_000 },
      expect: 'violated',
      length: 7,
      says: 'a slack as large as that would let the translator through',
    },
    'P-VMM-BT-DERIVED-BELOW': {
      ...translated,
      parameters: { ...onPrescott, slackCycles: 23_749_999 },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'one cycle less does not',
    },
    'P-VMM-BT-FUSED': {
      ...translated,
      parameters: fused,
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'B5: a translator that joins PUSHF and the POP after it still takes 18 cycles of 16: 5,000,000 in all',
    },
    'P-VMM-BT-TUNED': {
      ...translated,
      parameters: tuned,
      expect: 'violated',
      length: 7,
      says: 'B5 refuted: one that also knows that it runs behind a CLI takes 16 of 16, and needs no slack at all',
    },
    'P-VMM-BT-TUNED-EM64T': {
      ...translated,
      without: asPublished,
      parameters: tuned,
      expect: 'violated',
      length: 7,
      says: 'long mode, in which a translator on EM64T has no segment limits to protect it, is no defence: the guest is the adversary’s, and the function does not look for it',
    },
    'B7-STI-DERIVED': {
      ...translated,
      parameters: blogLoop,
      expect: 'violated',
      length: 7,
      says: 'B6 to B10: the blog’s loop is eight times faster translated: the post is right about STI, which Pioneer’s loop does not contain',
    },
    'B6-PAIR-100': {
      ...translated,
      parameters: hundred('fb: cli\nsti\ncmp rax, rdx\nje fb'),
      expect: 'violated',
      length: 7,
      says: 'B6: CLI and STI together take more than 100 cycles on Prescott: a VMM that takes 100 for both is no slower',
      source: 'Agner Fog, Instruction tables 2021: CLI 52 and STI 64 on Prescott, 35 and 43 on Northwood',
    },
    'B6-STI-100': {
      ...translated,
      parameters: hundred('fb: sti\ncmp rax, rdx\nje fb'),
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'STI alone does not, on any processor here: "more than 100 cycles are not unheard of" is not borne out for one of them',
      source: 'Agner Fog, Instruction tables 2021: CLI 52 and STI 64 on Prescott, 35 and 43 on Northwood',
    },
    'B9-STI-FLOOR': {
      ...translated,
      parameters: onPentiumM('set-interrupts'),
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'B9: on the Pentium M of the post only a floor of STI is published, 17 micro-operations: natively 7 cycles then, fewer than the 9 measured under the VMM',
    },
    'B9-STI-LIKE-POPF': {
      ...translated,
      parameters: onPentiumM('pop-flags'),
      expect: 'violated',
      length: 7,
      says: 'B9: if STI takes as long there as POPF, with as many micro-operations, it is 18 natively: the post is right, by twice and not by five to ten times',
    },
  },
});
