/**
 * A Vitest reporter for claims that are tests: `reporters: ['default', 'underwatch/reporter']`.
 *
 * @module underwatch/reporter
 */
import { relative } from 'node:path';
import pc from 'picocolors';
import type { Reporter, TestCase, Vitest } from 'vitest/node';
import { attackFile } from '../../report/attack-file.ts';
import { annotation } from '../../report/formats/github.ts';
import { drawsUnicode } from '../../report/status/draws-unicode.ts';
import { statusOf, statusWords } from '../../report/status/claim-status.ts';
import { FOLDER, replayCommand, testAgain } from '../replay.ts';
import { reportText, storyOf, type Screen, type ReportedClaim } from './text.ts';

/** The options of the reporter: how it tells of attacks. */
export interface ReporterOptions {
  /** The attacks that are told step by step: those that nobody expected, if not given. */
  readonly attacks?: 'all' | 'unexpected';
  /** The folder for each attack; `reports/latest/vitest` if not given. */
  readonly folder?: string;
}

interface Decided extends ReportedClaim {
  readonly test: TestCase;
}

const decidedBy = (test: TestCase, folder: string): readonly Decided[] => {
  const meta = test.meta().underwatch;
  if (meta === undefined) return [];
  const { attack, id, invariant, model, scenario } = meta.claim;
  const finder = { file: test.module.moduleId, name: `${id}: ` };
  const of = { claim: id, model, scenario, invariant, kind: 'attack' } as const;
  const replay =
    attack === undefined
      ? testAgain(finder)
      : replayCommand(attackFile(attack, of), meta.configured, finder, folder);
  return [{ ...meta, replay, test }];
};

/** Returns the claim's place, as GitHub wants it: from the folder that the tests run in. */
const annotationOf = (told: Decided): string => {
  const [error] = told.test.result().errors ?? [];
  const [frame] = error?.stacks ?? [];
  const place =
    frame === undefined ? undefined : { file: relative(process.cwd(), frame.file), line: frame.line };
  const plain: Screen = { paint: pc.createColors(false), drawsUnicode: true };
  const title = `${told.claim.id}: ${statusWords(statusOf(told.claim))}`;
  return annotation(title, place, storyOf(told, plain).join('\n'));
};

const namesOf = (vitest: Vitest | undefined): readonly unknown[] =>
  (vitest?.config.reporters ?? []).map((one) => (Array.isArray(one) ? one[0] : one));

/**
 * A reporter of claims for Vitest: a line a suite, with its states; attacks that nobody expected as stories;
 * and the command that replays each attack. In a job of GitHub it annotates the line of each claim that is
 * not as expected, unless Vitest's own reporter for GitHub does.
 */
function UnderwatchReporter({ attacks = 'unexpected', folder = FOLDER }: ReporterOptions = {}): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit: (started) => {
      vitest = started;
    },
    onTestRunEnd: (modules) => {
      const decided = modules.flatMap(({ children }) =>
        [...children.allTests()].flatMap((test) => decidedBy(test, folder)),
      );
      if (decided.length === 0) return;
      const screen: Screen = { paint: pc, drawsUnicode: drawsUnicode(process.env) };
      vitest?.logger.log(`\n${reportText(decided, attacks, screen)}`);
      if (process.env['GITHUB_ACTIONS'] !== 'true' || namesOf(vitest).includes('github-actions')) return;
      for (const told of decided.filter(({ claim }) => !claim.asExpected))
        vitest?.logger.log(annotationOf(told));
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- Vitest makes a reporter of what a module exports so
export default UnderwatchReporter;
