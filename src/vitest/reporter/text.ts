import type pc from 'picocolors';
import { attackText } from '../../attack/attack-text.ts';
import { counted, stepsWords } from '../../attack/words.ts';
import { shown } from '../../model/shown.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';
import { countedStatus, statusOf, statusesIn, statusWords } from '../../report/status/claim-status.ts';
import type { ClaimMeta } from '../meta.ts';

/** A claim that was decided as a test, and the command that shows its attack again. */
export interface ReportedClaim extends ClaimMeta {
  readonly replay: string;
}

/** The screen that shows the text. */
export interface Screen {
  readonly paint: ReturnType<typeof pc.createColors>;
  readonly drawsUnicode: boolean;
}

/** The most known attacks that are named, where their stories are not asked for. */
const MOST_NAMED = 20;

/** Groups claims by suite, in the order in which their first claims come. */
const bySuite = (claims: readonly ReportedClaim[]): ReadonlyMap<string, readonly ReportedClaim[]> => {
  const suites = new Map<string, ReportedClaim[]>();
  for (const told of claims) {
    const suite = suites.get(told.claim.suite) ?? [];
    suites.set(told.claim.suite, suite);
    suite.push(told);
  }
  return suites;
};

const statusesWords = (claims: readonly ReportedClaim[], screen: Screen): string =>
  statusesIn(claims.map(({ claim }) => claim))
    .map(({ status, count }) => paintOf(status, screen)(countedStatus(count, status)))
    .join(', ');

const suiteLine = (id: string, claims: readonly ReportedClaim[], screen: Screen): string => {
  const [gravest = 'proof'] = statusesIn(claims.map(({ claim }) => claim)).map(({ status }) => status);
  // Claims about one model in one scenario share a search.
  const searches = new Map(
    claims.map(({ claim }) => [JSON.stringify([claim.model, claim.scenario]), claim.states] as const),
  );
  const states = [...searches.values()].reduce((sum, some) => sum + some, 0);
  const recalled = claims.filter((told) => told.recalled).length;
  const figures = [
    counted(states, 'state'),
    ...(recalled === 0 ? [] : [`${recalled} of ${claims.length} found by an earlier run`]),
  ].join(', ');
  const mark = paintOf(gravest, screen)(markOf(gravest, screen));
  return `  ${mark} ${screen.paint.bold(shown(id))}  ${statusesWords(claims, screen)}  ${screen.paint.dim(figures)}`;
};

/**
 * Writes a claim's attack as the lines of a story: what it is, who does what, what it breaks and how to see
 * it again.
 */
export const storyOf = ({ claim, replay }: ReportedClaim, screen: Screen): readonly string[] => {
  const { asExpected, attack, id, invariant, invariantSays, scope, unexpectedBecause } = claim;
  const status = statusOf(claim);
  const length =
    attack === undefined
      ? ''
      : `  ${stepsWords(attack)}, ${attack.shortest ? 'no shorter one exists' : 'shorter ones were not ruled out'}`;
  const title = paintOf(status, screen)(`${markOf(status, screen)} ${statusWords(status)}`);
  return [
    `${title}  ${screen.paint.bold(shown(id))}${length}`,
    ...(asExpected || unexpectedBecause === undefined ? [] : [`  ${shown(unexpectedBecause)}`]),
    ...(attack === undefined
      ? []
      : [attackText(attack), `  breaks  ${shown(`${invariant}: ${invariantSays}`)}`]),
    `  scope   ${shown(scope)}`,
    `  ${attack === undefined ? 'repeat' : 'replay'}  ${shown(replay)}`,
  ];
};

const namedLines = (known: readonly ReportedClaim[], screen: Screen): readonly string[] => {
  if (known.length === 0) return [];
  const more = known.length - MOST_NAMED;
  const longest = Math.max(...known.slice(0, MOST_NAMED).map(({ claim }) => claim.id.length));
  return [
    '',
    screen.paint.bold('Known attacks'),
    ...known
      .slice(0, MOST_NAMED)
      .map(
        (told) =>
          `  ${paintOf('known-attack', screen)(markOf('known-attack', screen))} ${shown(told.claim.id).padEnd(longest)}  ` +
          screen.paint.dim(shown(told.replay)),
      ),
    ...(more > 0 ? [`  and ${more} more: the option attacks: 'all' tells each of them`] : []),
  ];
};

/**
 * Writes the results of a run of tests: a line a suite, what is not as expected as stories, then the attacks
 * that are known.
 */
export const reportText = (
  claims: readonly ReportedClaim[],
  attacks: 'all' | 'unexpected',
  screen: Screen,
): string => {
  const odd = claims.filter(({ claim }) => !claim.asExpected);
  const known = claims.filter(({ claim }) => claim.asExpected && claim.attack !== undefined);
  const stories = attacks === 'all' ? [...known, ...odd] : odd;
  const lines = [
    `${screen.paint.bold('underwatch')}  ${counted(claims.length, 'claim')}: ${statusesWords(claims, screen)}`,
    ...[...bySuite(claims)].map(([id, some]) => suiteLine(id, some, screen)),
    ...(attacks === 'all' ? [] : namedLines(known, screen)),
    ...stories.flatMap((told) => ['', ...storyOf(told, screen)]),
  ];
  return `${lines.join('\n')}\n`;
};
