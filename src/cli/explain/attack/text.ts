import type { AttackStep } from '../../../attack/attack.ts';
import type { StepExplanation } from '../../../attack/why/why.ts';
import type { Phase } from '../../../attack/why/phase.ts';
import { leftWords, numbersWords, readersWords } from '../../../attack/why/words.ts';
import { lengthWords } from '../../../attack/words.ts';
import { shown, shownIn } from '../../../model/shown.ts';
import { columnsWithText, hanging } from '../../terminal/layout.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Understood } from './understood.ts';
import { againstWords, needWords } from './words.ts';

type Row = readonly [name: string, text: string];

const rowLines = (rows: readonly Row[], { paint, width }: Terminal, indent: string): readonly string[] =>
  columnsWithText(
    rows.map(([name, text]) => ({ cells: [{ text: `${indent}${name}`, paint: paint.dim }], text })),
    width,
  );

const told = ({ actor, text }: AttackStep, number: number, before?: string): string =>
  `${actor === before ? '' : `${actor} `}${text} (${number})`;

/** A step with its number, and the reason why it is there. */
interface Step extends StepExplanation {
  readonly number: number;
  readonly step: AttackStep;
}

const stepsOf = ({ attack, why }: Understood): readonly Step[] =>
  attack.steps.flatMap((step, at) => {
    const one = why[at];
    return one === undefined ? [] : [{ ...one, number: at + 1, step }];
  });

/**
 * Rows of the steps of one phase one after the other, the adversary's alone: `prepare hypervisor GPI0 := 0
 * (2); ...`.
 */
const storyRows = (understood: Understood): readonly Row[] => {
  const rows: { phase: Phase; parts: string[]; actor: string }[] = [];
  for (const { number, phase, step } of stepsOf(understood)) {
    if (phase === 'others') continue;
    const row = rows.at(-1);
    if (row?.phase === phase) {
      row.parts.push(told(step, number, row.actor));
      row.actor = step.actor;
    } else rows.push({ phase, parts: [told(step, number)], actor: step.actor });
  }
  return rows.map(({ parts, phase }): Row => [phase, parts.join('; ')]);
};

/** Rows on how the attack ends, where that is not the adversary's own step. */
const endRows = (understood: Understood): readonly Row[] => {
  const last = stepsOf(understood).at(-1);
  if (last === undefined) return [['at once', 'the initial state shows it']];
  const what = understood.subject.kind === 'attack' ? 'breach' : 'witness';
  return last.phase === 'others' ? [[what, told(last.step, last.number)]] : [];
};

/** Rows on which of the attack's actions every attack needs, and which have others in their place. */
const needRows = (understood: Understood): readonly Row[] => {
  const { needs } = understood;
  const numbersOf = (action: string): readonly number[] =>
    stepsOf(understood).flatMap(({ number, step }) => (step.action === action ? [number] : []));
  const named = (kind: 'none' | 'another' | 'undecided'): string =>
    needs
      .filter(({ without }) => without.kind === kind)
      .map(({ action }) => `${action} (${numbersWords(numbersOf(action))})`)
      .join(', ');
  const rows: readonly Row[] = [
    ['needed', named('none')],
    ['replaceable', named('another')],
    ['not decided', named('undecided')],
  ];
  const says: { readonly [name: string]: string } = {
    needed: ': in every attack, for without it a search of every state finds none',
    replaceable: ': another attack does without',
  };
  return rows.filter(([, text]) => text !== '').map(([name, text]) => [name, `${text}${says[name] ?? ''}`]);
};

const whyLines = (understood: Understood, terminal: Terminal): readonly string[] => {
  const { attack, needs } = understood;
  const steps = stepsOf(understood);
  const digits = String(steps.length).length;
  const indent = ' '.repeat(digits + 4);
  return steps.flatMap(({ left, number, phase, readBy, step: { action, actor, text } }) => {
    const need = needs.find((one) => one.action === action);
    const isFirst = attack.steps.findIndex((step) => step.action === action) === number - 1;
    const isTold = isFirst || need?.choices.some(({ step }) => step === number) === true;
    const readers = readersWords(readBy);
    const rows: readonly Row[] = [
      ['read by', readers.length === 0 ? 'nothing in this attack' : readers.join('; ')],
      ...(left === undefined ? [] : [['without it', leftWords(left)] as const]),
      ...(need === undefined || !isTold ? [] : [['any attack', needWords(need, number).join('; ')] as const]),
    ];
    const lead = `  ${String(number).padStart(digits)}  `;
    return [
      ...hanging(lead, `${actor} ${text}${phase === 'others' ? '' : ` [${phase}]`}`, terminal.width),
      ...rowLines(rows, terminal, indent),
    ];
  });
};

const changeLines = (understood: Understood, { paint, width }: Terminal): readonly string[] =>
  stepsOf(understood).flatMap(({ number, step: { changes } }) =>
    columnsWithText(
      changes.map(({ after, before, field }, line) => ({
        cells: [
          { text: `  ${line === 0 ? String(number).padStart(2) : '  '}`, paint: paint.dim },
          { text: field },
        ],
        text: `${before} → ${after}`,
      })),
      width,
    ),
  );

const titled = (title: string, lines: readonly string[], { paint }: Terminal): readonly string[] =>
  lines.length === 0 ? [] : ['', paint.bold(title), ...lines];

/**
 * Writes an attack as a short story, then why each step is there and what stops it, then what each step
 * changes and nothing else.
 */
export const attackExplained = (whole: Understood, terminal: Terminal): string => {
  const { paint, width } = terminal;
  const understood: Understood = { ...whole, attack: shownIn(whole.attack) };
  const { attack, defences, subject } = understood;
  const { claim, invariant, kind, model, says } = subject;
  const statement = model.invariants[invariant]?.says ?? '';
  const title = `${paint.bold(shown(claim))}  `;
  const head = [
    ...hanging(title, `${lengthWords(attack)}: ${says}`, width, claim.length + 2),
    ...rowLines(
      [
        ...storyRows(understood),
        ...endRows(understood),
        [kind === 'attack' ? 'breaks' : 'shows', `${invariant}: ${statement}`],
        ...needRows(understood),
      ],
      terminal,
      '  ',
    ),
  ];
  const against = rowLines(
    defences.map((one): Row => [one.defence, againstWords(one)]),
    terminal,
    '  ',
  );
  return `${[
    ...head,
    ...titled('Defences that are off: with each of them on, alone', against, terminal),
    ...titled('Why each step is there', whyLines(understood, terminal), terminal),
    ...titled('What each step changes', changeLines(understood, terminal), terminal),
  ].join('\n')}\n`;
};
