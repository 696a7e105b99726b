import { z } from 'zod';
import type { Attack } from '../attack/attack.ts';
import { parseJson } from '../model/text/json.ts';
import { Fault, type Scenario, type Value } from '../model/index.ts';
import type { Onward, Trace } from '../search/result.ts';
import { onwardSchema, scenarioSchema, valueSchema } from './schema/parts.ts';
import { tool } from '../model/tool.ts';

/** An attack file: one attack on its own, with all that repeats it. `underwatch replay` takes it. */
export interface AttackFile {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** The claim, or the board and question, that it answers. */
  readonly claim: string;
  readonly model: string;
  readonly scenario: Scenario;
  readonly invariant: string;
  /** The kind: an attack breaks the invariant; a witness, for a `sometimes`, shows it. */
  readonly kind: 'attack' | 'witness';
  readonly shortest: boolean;
  readonly initial: number;
  readonly steps: readonly { readonly action: string; readonly choice: { readonly [name: string]: Value } }[];
  /** The continuation: the steps after the stem. */
  readonly onward?: Onward;
}

const text = z.string();

/** The schema of an attack file, version 1. */
export const attackFileSchema: z.ZodType<AttackFile> = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: text, version: text }),
    claim: text,
    model: text,
    scenario: scenarioSchema,
    invariant: text,
    kind: z.enum(['attack', 'witness']),
    shortest: z.boolean(),
    initial: z.number().int().min(0),
    steps: z.array(z.strictObject({ action: text, choice: z.record(text, valueSchema) })),
    onward: onwardSchema.exactOptional(),
  })
  .describe('One attack, with all that repeats it.');

/** Makes the content of an attack file. */
export const attackFile = (
  attack: Attack,
  of: Pick<AttackFile, 'claim' | 'model' | 'scenario' | 'invariant' | 'kind'>,
): AttackFile => ({
  schemaVersion: 1,
  tool,
  ...of,
  shortest: attack.shortest,
  initial: attack.initial,
  steps: attack.steps.map(({ action, choices }) => ({ action, choice: choices })),
  ...(attack.onward === undefined ? {} : { onward: attack.onward }),
});

/** Returns the trace of an attack file. */
export const traceOf = ({ initial, steps, onward }: AttackFile): Trace => ({
  initial,
  steps,
  ...(onward === undefined ? {} : { onward }),
});

const garbled = (path: string, expected: string, got: string): Fault =>
  new Fault('UW501', {
    where: path,
    expected,
    got: got.slice(0, 200),
    likely: 'the file was cut short, edited by hand, or is not an attack file',
    next: 'run `underwatch verify` or `underwatch audit`: they write attack files anew',
  });

// Before 1.0 a minor version may change models, after it a major one.
const compatible = (version: string): string => {
  const [major = '', minor = ''] = version.split('.');
  return major === '0' ? `0.${minor}` : major;
};

const otherVersion = (path: string, expected: string, got: string): Fault =>
  new Fault('UW502', {
    where: path,
    expected,
    got,
    likely: 'it was written by another version of underwatch, whose models may differ',
    next: 'find the attack again with this version, or try it as it is with --any-version',
  });

/** The most steps of an attack that are replayed: each is run on the model, and told. */
const MOST_STEPS = 50_000;

const tooManySteps = (path: string, steps: number): Fault =>
  new Fault('UW326', {
    where: path,
    expected: `at most ${MOST_STEPS} steps`,
    got: String(steps),
    likely: 'the file was made by something else',
    next: 'find the attack again: exhaustive search finds a shortest one',
  });

/**
 * Reads an attack file. Throws UW501 for a file that is none, UW502 for one of another version, UW324 to
 * UW326 for one beyond all bounds.
 */
export const parseAttackFile = (
  path: string,
  content: string,
  options: { readonly anyVersion: boolean },
): AttackFile => {
  const data = parseJson(path, content, (got) => garbled(path, 'a JSON document', got));
  const { schemaVersion, steps } = (data ?? {}) as { readonly [name: string]: unknown };
  if (Array.isArray(steps) && steps.length > MOST_STEPS) throw tooManySteps(path, steps.length);
  if (typeof schemaVersion === 'number' && schemaVersion !== 1) {
    throw otherVersion(path, 'schemaVersion 1', `schemaVersion ${schemaVersion}`);
  }
  const parsed = attackFileSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0] ?? { message: 'not one', path: [] };
    throw garbled(path, 'an attack file', `${issue.message} at ${issue.path.join('.') || 'the top'}`);
  }
  const { name, version } = parsed.data.tool;
  if (!options.anyVersion && (name !== tool.name || compatible(version) !== compatible(tool.version))) {
    throw otherVersion(path, `${tool.name} ${compatible(tool.version)}`, `${name} ${version}`);
  }
  return parsed.data;
};
