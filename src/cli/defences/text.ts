import { counted } from '../../attack/words.ts';
import type {
  AttackRow,
  DefenceReport,
  SufficientSet,
  SufficientSets,
  WorkingAttack,
} from '../../defence/result.ts';
import { MOST_INSUFFICIENT } from '../../defence/enough.ts';
import { columnsWithText, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { matrixLines } from './matrix-text.ts';

type Fact = readonly [name: string, text: string];

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

const setWords = ({ cost, defences, minimal }: SufficientSet): string => {
  if (defences.length === 0) return 'nothing: it holds as it is';
  return `${listed(defences)} (cost ${cost})${minimal ? '' : ', perhaps not minimal'}`;
};

/** Says how many attacks are stopped: `stops all 15`, `stops 13 of 15`. */
const stopsWords = (count: number, all: number): string =>
  count === all ? `stops ${all === 1 ? 'it' : `all ${all}`}` : `stops ${count} of ${all}`;

/** Says what each defence does when it is switched on alone, over all attacks. */
const aloneWords = ({ attacks }: DefenceReport): readonly Fact[] => {
  const verdicts = new Map<string, string[]>();
  for (const { alone } of attacks)
    for (const { defence, verdict } of alone)
      verdicts.set(defence, [...(verdicts.get(defence) ?? []), verdict]);
  const stops = [...verdicts].map(
    ([name, all]) => [name, all.filter((one) => one === 'holds').length] as const,
  );
  const able = stops.filter(([, count]) => count > 0).toSorted((a, b) => b[1] - a[1]);
  const unable = [...verdicts]
    .filter(([, all]) => all.every((verdict) => verdict === 'open'))
    .map(([name]) => name);
  const does = able.map(([name, count]) => `${name} ${stopsWords(count, attacks.length)}`);
  return [
    ...(does.length === 0 ? [] : [['alone', does.join('; ')] as const]),
    ...(unable.length === 0
      ? []
      : [
          [
            does.length === 0 ? 'alone' : '',
            `${listed(unable)}: alone ${unable.length === 1 ? 'it stops' : 'these stop'} none`,
          ] as const,
        ]),
  ];
};

const byAttack = ({ id }: WorkingAttack): string => `${id} works`;

const aboutSets = ({ alternatives, essential, exchangeable, useless }: SufficientSets): readonly Fact[] => [
  ...(essential.length === 0
    ? []
    : [['essential', `${listed(essential)}: in every set that is enough`] as const]),
  ...(alternatives.length === 0
    ? []
    : [['alternatives', `${listed(alternatives)}: in some, not in all`] as const]),
  ...(exchangeable.length === 0
    ? []
    : [
        [
          'redundant',
          `${exchangeable.map(([one, other]) => `${one} with ${other}`).join('; ')}: one is enough`,
        ] as const,
      ]),
  ...(useless.length === 0
    ? []
    : [['useless', `${listed(useless)}: in no set that is enough and minimal`] as const]),
];

const MOST_SHOWN = 6;

const enoughFacts = (report: DefenceReport): readonly Fact[] => {
  const { attacks, stopped, together } = report;
  const [cheapest, ...others] = together.sets;
  const more = others.length > MOST_SHOWN ? [`and ${others.length - MOST_SHOWN} more`] : [];
  const vain = cheapest?.vacuousFor ?? [];
  return [
    [
      'cheapest fix',
      cheapest === undefined
        ? together.complete
          ? 'there is none: an attack works under every set'
          : 'not decided'
        : `${setWords(cheapest)}: ${stopsWords(stopped.length, attacks.length)}, every state searched`,
    ],
    ...(vain.length === 0
      ? []
      : [['', `of ${listed(vain)} it holds because what it speaks of never happens then`] as const]),
    ...(others.length === 0
      ? []
      : [['also enough', [...others.slice(0, MOST_SHOWN).map(setWords), ...more].join('; ')] as const]),
    ...aloneWords(report),
    ...(together.insufficient.length === 0
      ? []
      : [
          [
            'not enough',
            together.insufficient
              .slice(0, MOST_SHOWN)
              .map(({ attack, lacks }) =>
                lacks.length === 0
                  ? `all of them: ${byAttack(attack)}`
                  : `all but ${lacks.join(', ')}: ${byAttack(attack)}`,
              )
              .join('; '),
          ] as const,
        ]),
    ...together.harmful
      .slice(0, MOST_SHOWN)
      .map(
        ({ attack, defences }) =>
          [
            'harmful',
            `${listed(defences)}: fewer of these are enough, and all are not: ${byAttack(attack)}`,
          ] as const,
      ),
    ...aboutSets(together),
  ];
};

const openFacts = ({ attacks, together, unstoppable }: DefenceReport): readonly Fact[] => {
  const lost = attacks.filter(({ verdict }) => verdict === 'holds').map(({ id }) => id);
  const open = attacks
    .filter(({ enough, verdict }) => verdict === 'undecided' || !enough.complete)
    .map(({ id }) => id);
  return [
    ...(unstoppable.length === 0
      ? []
      : [['not stopped', `${listed(unstoppable)}: by no set of these defences`] as const]),
    ...(lost.length === 0
      ? []
      : [['no attack', `${listed(lost)}: the search finds none; \`verify\` says more`] as const]),
    ...(open.length === 0 ? [] : [['undecided', `${listed(open)}: a limit ended a search`] as const]),
    ...(together.insufficientMore === undefined
      ? []
      : [
          [
            'not listed',
            `more than ${MOST_INSUFFICIENT} largest sets that are not enough: the others are left out`,
          ] as const,
        ]),
    ...(together.insufficientOpen.length === 0
      ? []
      : [
          [
            'open',
            `of ${counted(together.insufficientOpen.length, 'set')} that ${together.insufficientOpen.length === 1 ? 'is' : 'are'} not enough not every larger one was decided; that a defence more does no harm is not assumed`,
          ] as const,
        ]),
  ];
};

const stoppedBy = ({ enough, verdict }: AttackRow): string => {
  if (verdict === 'holds') return 'not found any more';
  const [first] = enough.sets;
  if (first === undefined) return enough.complete ? 'nothing' : 'not decided';
  const shown = enough.sets.slice(0, MOST_SHOWN).map(({ defences }) => defences.join(' with '));
  const more = enough.sets.length > MOST_SHOWN ? `, or ${enough.sets.length - MOST_SHOWN} more sets` : '';
  return `${shown.join(', or ')}${more}`;
};

const rowLines = ({ attacks }: DefenceReport, { paint, width }: Terminal): readonly string[] =>
  columnsWithText(
    [
      {
        cells: [
          { text: '  attack', paint: paint.dim },
          { text: 'steps', paint: paint.dim, align: 'right' as const },
        ],
        text: 'stopped by',
      },
      ...attacks.map((row) => ({
        cells: [
          { text: `  ${row.id}` },
          { text: String(row.known[0]?.trace.steps.length ?? '-'), align: 'right' as const },
        ],
        text: stoppedBy(row),
      })),
    ],
    width,
  );

/** Writes the output of `defences` about the attacks on one model. */
export const defencesText = (report: DefenceReport, terminal: Terminal): string => {
  const { attacks, defences, from, matrix, model, searches } = report;
  const { paint, width } = terminal;
  const facts = [...enoughFacts(report), ...openFacts(report)];
  const over =
    from === 'scenario'
      ? 'defences added to those that each scenario has on'
      : `sets of all ${defences.length} defences, from none on`;
  return `${[
    ...hanging(
      `${paint.bold(model)}  `,
      `${counted(attacks.length, 'known attack')}; ${over}`,
      width,
      model.length + 2,
    ),
    ...columnsWithText(
      facts.map(([name, text]) => ({ cells: [{ text: `  ${name}`, paint: paint.dim }], text })),
      width,
    ),
    '',
    ...rowLines(report, terminal),
    ...(matrix === undefined ? [] : ['', ...matrixLines(report, matrix, terminal)]),
    ...hanging(
      '',
      `${counted(searches, 'search').replace(/hs$/, 'hes')} of all states; no set is taken to be enough because a smaller one is`,
      width,
    ).map((line) => paint.dim(line)),
  ].join('\n')}\n`;
};
