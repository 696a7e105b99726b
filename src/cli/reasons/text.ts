import { counted } from '../../attack/words.ts';
import type { Dropped, Mismatch, Reasons, ReasonsRun } from '../../claim/reasons/result.ts';
import { hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

const nameOf = (defences: readonly string[]): string =>
  defences.length === 1 ? defences.join() : `one of ${defences.join(', ')}`;

const comes = ({ defences, steps, verdict }: Dropped): string => {
  const without = defences.length === 1 ? 'without it' : 'without all of them';
  if (verdict === 'vacuous') return `vacuous ${without}`;
  return steps === undefined ? `no witness ${without}` : `attack of ${counted(steps, 'step')} ${without}`;
};

const reasonWords = (dropped: Dropped): string => `${nameOf(dropped.defences)} (${comes(dropped)})`;

const sets = (all: readonly (readonly string[])[]): string => all.map((set) => nameOf(set)).join('; ');

const mismatchLines = (mismatch: Mismatch | undefined, { paint, width }: Terminal): readonly string[] => {
  if (mismatch === undefined) return [];
  const { missing, wrong } = mismatch;
  return [
    ...(wrong.length === 0 ? [] : hanging('  ', `declared, and no reason: ${sets(wrong)}`, width)),
    ...(missing.length === 0 ? [] : hanging('  ', `a reason, and not declared: ${sets(missing)}`, width)),
  ].map((line) => paint.red(line));
};

const openWords = ({ bound, defences }: Dropped): string =>
  `without ${defences.join(', ')} (${bound ?? 'a limit'})`;

const claimLines = (
  { alone, bound, claim, idle, oneOf, unasked, undecided, verdict }: Reasons,
  mismatch: Mismatch | undefined,
  terminal: Terminal,
): readonly string[] => {
  const { paint, width } = terminal;
  const head = paint.bold(claim.id);
  if (verdict !== 'holds') {
    const because = bound === undefined ? '' : ` (${bound})`;
    return hanging(
      `${head}  `,
      paint.red(`expected to hold; it is ${verdict}${because}`),
      width,
      claim.id.length + 2,
    );
  }
  const reasons = [...alone, ...oneOf].map((dropped) => reasonWords(dropped));
  const line = (lead: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : hanging(`  ${lead}  `, names.join(', '), width).map((text) => paint.dim(text));
  const rests = reasons.length === 0 ? 'rests on no defence' : `rests on ${reasons.join('; ')}`;
  return [
    ...hanging(`${head}  `, rests, width, claim.id.length + 2),
    ...line('not on', idle),
    ...line('not asked after', unasked),
    ...(undecided.length === 0
      ? []
      : hanging('  undecided  ', undecided.map((one) => openWords(one)).join('; '), width).map((text) =>
          paint.yellow(text),
        )),
    ...mismatchLines(mismatch, terminal),
  ];
};

const verb = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const sumLine = ({ interrupted, mismatches, results }: ReasonsRun, { paint }: Terminal): string => {
  const declaring = results.filter(({ claim }) => claim.restsOn !== undefined).length;
  const broken = results.filter(({ bound, verdict }) => verdict !== 'holds' && bound === undefined).length;
  const open = results.filter(({ bound, undecided }) => bound !== undefined || undecided.length > 0).length;
  const all = counted(results.length, 'claim');
  if (interrupted) return paint.yellow(`${all}: interrupted, ${open} undecided`);
  const faults = [
    ...(mismatches.length === 0
      ? []
      : [verb(mismatches.length, 'declares other reasons', 'declare other reasons')]),
    ...(broken === 0 ? [] : [verb(broken, 'does not hold', 'do not hold')]),
    ...(open === 0 ? [] : [`${open} undecided`]),
  ];
  return faults.length === 0
    ? paint.green(`${all}: ${verb(declaring, 'declares', 'declare')} reasons, and all are as declared`)
    : paint.red(`${all}: ${faults.join(', ')}`);
};

/**
 * Writes the output of `underwatch reasons`: what each claim rests on, and at the end whether that is what
 * they declare.
 */
export const reasonsText = (run: ReasonsRun, quiet: boolean, terminal: Terminal): string => {
  const shown = run.results.flatMap((found) => {
    const mismatch = run.mismatches.find(({ claim }) => claim === found.claim);
    const isFine = mismatch === undefined && found.verdict === 'holds' && found.undecided.length === 0;
    return quiet && isFine ? [] : claimLines(found, mismatch, terminal);
  });
  return `${[...shown, sumLine(run, terminal)].join('\n')}\n`;
};
