import { describe, expect, test } from 'vitest';
import { runClaims } from 'underwatch';
import type { RunnableModel } from 'underwatch/model';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import { mutantOf, type AnyThen } from '../../testing/mutants.ts';
import { picture } from './picture.ts';

type Step = (draft: never, choice: never, setting: never) => void;
type Machine = { chipset: { SMI_STS: number } };
type Setting = { readonly parameters: object };

/** A handler that does not look at one bit of SMI_STS. */
const blindTo =
  (bit: number) =>
  (judge: AnyThen): Step =>
  (draft, choice, setting) => {
    const { parameters, ...rest } = setting as Setting;
    judge(draft, choice, { ...rest, parameters: { ...parameters, ignoredSmiSts: 2 ** bit } } as never);
  };

/** A chipset that latches in bit `to` the status that the datasheet has in bit `from`, whoever wrote. */
const moved =
  (from: number, to: number) =>
  (effect: AnyThen): Step =>
  (draft, choice, setting) => {
    effect(draft, choice, setting);
    const { chipset } = draft as Machine;
    if ((chipset.SMI_STS & (1 << from)) !== 0) chipset.SMI_STS = (chipset.SMI_STS & ~(1 << from)) | (1 << to);
  };

const unexpectedOf = async (model: RunnableModel, ids: readonly string[]): Promise<readonly string[]> => {
  const claims = picture.claims.filter(({ id }) => ids.includes(id)).map((claim) => ({ ...claim, model }));
  const { results } = await runClaims(claims);
  return results.flatMap(({ asExpected, claim }) => (asExpected ? [] : [claim.id]));
};

const pair = (name: string): readonly string[] => [`PICTURE-${name}`, `PICTURE-${name}-IGNORED`];

describe('the claims about the picture find', () => {
  test.each([
    ['GBL-RLS', 2],
    ['SLEEP', 4],
    ['APM', 5],
    ['TIMER-SOFTWARE', 6],
    ['PM1', 8],
    ['GPE0', 9],
    ['TIMER-TCO', 13],
    ['TIMER-PERIODIC', 14],
    ['GPIO-UNLOCK', 27],
    ['MCSMI', 11],
    ['RTC', 8],
    ['SWGPE', 9],
    ['SMBUS', 16],
    ['IOTRAP', 21],
  ] as const)('a handler that skips the bit of %s', async (name, bit) => {
    const model = mutantOf(hypersentry, 'judge', blindTo(bit));
    expect(await unexpectedOf(model, [`PICTURE-${name}`])).toEqual([`PICTURE-${name}`]);
  });

  test.each([
    ['APM', 'out', 5, 7],
    ['SLEEP', 'out', 4, 3],
    ['GBL-RLS', 'out', 2, 3],
    ['TIMER-PERIODIC', 'timer', 14, 15],
    ['TIMER-SOFTWARE', 'timer', 6, 7],
  ] as const)('that the bit of %s is in another place', async (name, action, from, to) => {
    const ids = pair(name);
    expect(
      await unexpectedOf(
        mutantOf(hypersentry, action, (effect) => effect),
        ids,
      ),
    ).toEqual([]);
    expect(await unexpectedOf(mutantOf(hypersentry, action, moved(from, to)), ids)).not.toEqual([]);
  });
});
