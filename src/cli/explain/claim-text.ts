import type { Claim, Suite } from '../../claim/claim.ts';
import type { Value } from '../../model/index.ts';
import { counted } from '../../attack/words.ts';
import { outsideWords } from '../../report/scope/outside-words.ts';
import { differingParameters, scopeWords, valueWords } from '../../report/scope/scope-words.ts';
import { columnsWithText, hanging } from '../terminal/layout.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { commandLine } from '../../report/command-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { twinsOf } from './twins.ts';

/** Says which verdict a claim is expected to have. */
export const expectedWords = ({ expect, length }: Claim): string =>
  length === undefined ? expect : `${expect} in ${counted(length, 'step')}`;

type Row = readonly [name: string, says: string];

const rows = (named: readonly Row[], { width }: Terminal): readonly string[] =>
  columnsWithText(
    named.map(([name, says]) => ({ cells: [{ text: `    ${name}` }], text: says })),
    width,
  );

const section = (title: string, lines: readonly string[], { paint }: Terminal): readonly string[] =>
  lines.length === 0 ? [] : [paint.dim(`  ${title}`), ...lines];

const scopeLines = ({ model, scenario }: Claim, terminal: Terminal): readonly string[] => [
  ...section(
    'defences that are off',
    rows(
      scenario.without.map((name): Row => [name, model.defences[name] ?? '']),
      terminal,
    ),
    terminal,
  ),
  ...section(
    'what the adversary can do',
    rows(
      scenario.capabilities.map((name): Row => [name, model.capabilities[name] ?? '']),
      terminal,
    ),
    terminal,
  ),
  ...section(
    "parameters that are not the model's own",
    rows(
      differingParameters(model, scenario).map(([name, value]): Row => {
        const own = (model.parameters as { readonly [name: string]: Value })[name];
        return [name, `${valueWords(value)}${own === undefined ? '' : `; its own: ${valueWords(own)}`}`];
      }),
      terminal,
    ),
    terminal,
  ),
];

const twinLines = (claim: Claim, suites: readonly Suite[], terminal: Terminal): readonly string[] => {
  const twins = twinsOf(
    claim,
    suites.flatMap(({ claims }) => claims),
  );
  return section(
    'the same question in another scope',
    columnsWithText(
      twins.map(({ claim: twin, changes }) => ({
        cells: [{ text: `    ${twin.id}` }, { text: expectedWords(twin) }],
        text: changes.join(', '),
      })),
      terminal.width,
    ),
    terminal,
  );
};

/** Says what a claim states about what is outside its scope, or which command finds out. */
const outsideOf = (claim: Claim, configured: readonly string[]): string =>
  outsideWords(claim) ??
  `it says nothing of that; \`${commandLine('scope', claim.id, ...configured)}\` tries it`;

/**
 * Writes a claim: what it says, its model, what is expected of it, what is expected of claims like it, and
 * how to run it.
 */
export const claimText = (
  claim: Claim,
  { suites }: Workspace,
  configured: readonly string[],
  terminal: Terminal,
): readonly string[] => {
  const { paint, width } = terminal;
  const { id, invariant, model, says, source, suite } = claim;
  const statement = model.invariants[invariant];
  const suiteSays = suites.find((one) => one.id === suite)?.says ?? '';
  const facts: readonly Row[] = [
    ['expected', expectedWords(claim)],
    ['source', source],
    ['suite', `${suite}: ${suiteSays}`],
    ['model', `${model.id}: ${model.says}`],
    ['asks', statement === undefined ? invariant : `${invariant} (${statement.kind}): ${statement.says}`],
    ['scope', scopeWords(model, claim.scenario)],
    ...(claim.expect === 'holds' ? [['outside', outsideOf(claim, configured)] as const] : []),
  ];
  return [
    ...hanging(`${paint.bold(id)}  `, says, width, id.length + 2),
    ...columnsWithText(
      facts.map(([name, text]) => ({ cells: [{ text: `  ${name}`, paint: paint.dim }], text })),
      width,
    ),
    ...scopeLines(claim, terminal),
    ...twinLines(claim, suites, terminal),
    ...section(
      'how to run it',
      [
        `    ${commandLine('verify', id, '--verbose', ...configured)}`,
        `    ${commandLine('explain', '--space', id, ...configured)}`,
        `    ${commandLine('cross-check', id, ...configured)}`,
      ],
      terminal,
    ),
  ];
};
