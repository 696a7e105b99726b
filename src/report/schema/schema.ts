import { z } from 'zod';
import { stopSchema } from '../closing/schema.ts';
import { outcomeSchema } from './outcomes.ts';
import { attackSchema, corpusSchema, scenarioSchema, sourcesSchema } from './parts.ts';
import type { Report } from '../report.ts';

const count = z.number().int().min(0);
/**
 * The schema of a symbolic search's counts, which may be beyond the numbers that are exact in JSON readers.
 */
const many = z.number().min(0);
const text = z.string();
const probability = z.number().min(0).max(1);

const bound = z.enum(['maxDepth', 'maxStates', 'timeLimitMs', 'memoryLimitMb', 'runs', 'interrupted']);
const verdict = z.enum(['holds', 'violated', 'unresolved', 'vacuous']);

const missedAtMost = probability
  .exactOptional()
  .describe('Where states were told apart by fingerprints: the probability, at most, that one was missed.');

const error = z
  .strictObject({
    code: z.string().regex(/^UW\d{3}$/),
    message: text,
    where: text,
    expected: text,
    got: text,
    likely: text,
    next: text,
  })
  .meta({ id: 'error', description: 'A fault: its code, and the four things that its reader needs.' });

const random = z
  .strictObject({
    found: z.boolean(),
    runs: count,
    steps: count.describe('Steps until the attack was found, or until the budget was spent.'),
    firstLength: count.exactOptional(),
    shrunkLength: count.exactOptional(),
    seed: z.number().int(),
    path: text.exactOptional(),
    failureProbabilityAtMost: probability
      .exactOptional()
      .describe('That a run which begins anew finds it, with 95 % confidence.'),
    freshRuns: count.exactOptional().describe('The runs that began anew, on which that rests.'),
  })
  .meta({ id: 'random', description: 'What random search needed.' });

const claim = z
  .strictObject({
    id: text,
    suite: text,
    model: text,
    invariant: text,
    scenario: scenarioSchema,
    idle: z
      .array(text)
      .exactOptional()
      .describe('Capabilities that the claim says never act in its scenario.'),
    scope: text.describe('The scenario in one line: what the verdict is about.'),
    outside: text
      .exactOptional()
      .describe(
        'What the claim says of what is outside its scope: what was not tried, and what changes its verdict.',
      ),
    says: text,
    source: text,
    invariantSays: text,
    expected: verdict,
    expectedLength: count.exactOptional(),
    verdict,
    bound: bound.exactOptional().describe('The bound that left it unresolved.'),
    error: error.exactOptional(),
    asExpected: z.boolean(),
    unexpectedBecause: text.exactOptional(),
    vacuity: z
      .strictObject({
        kind: z.enum(['antecedent', 'powers', 'nobody']),
        says: text,
        inert: z.array(z.strictObject({ capability: text, because: text })).exactOptional(),
      })
      .exactOptional()
      .describe('Why it never had a chance to fail.'),
    sameAs: z.array(text).exactOptional().describe('Other claims of the run that ask the same question.'),
    note: text
      .exactOptional()
      .describe(
        'What could not happen, or was not seen to, where that may explain the verdict or its worth.',
      ),
    states: many,
    transitions: many,
    complete: z.boolean().describe('Whether every reachable state was looked at.'),
    missedAtMost,
    antecedents: many.describe(
      'States or steps in which the invariant had something to say; for `no-deadlock`, states in which nothing can happen.',
    ),
    attack: attackSchema.exactOptional(),
    stops: z.array(stopSchema).exactOptional().describe('Defences that are off and stop it, each alone.'),
    witness: attackSchema.exactOptional(),
    random: random.exactOptional(),
    reproduce: text.describe('The command that repeats it.'),
  })
  .meta({ id: 'claim', description: 'One claim and what came of it.' });

const reduced = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('symmetry'),
        exchanged: z.array(text).describe('Arrays of which states that differ in their order were one.'),
        checked: count.describe('States in which the model was found to treat the elements alike.'),
      }),
      z.strictObject({
        kind: z.literal('partial-order'),
        reduced: count.describe('States in which fewer steps were taken than were possible.'),
        unbounded: text.exactOptional().describe('Why there are none.'),
      }),
    ]),
  )
  .exactOptional()
  .describe('How the search was reduced: its counts are those of what was left to search.');

const search = z
  .strictObject({
    engine: z.enum(['exhaustive', 'random', 'symbolic']),
    model: text,
    claims: z.array(text),
    states: many,
    transitions: many,
    depth: count,
    complete: z.boolean(),
    missedAtMost,
    reduced,
    warnings: z.array(text),
    actions: z
      .record(text, z.strictObject({ enabled: many, effective: many, tried: count.exactOptional() }))
      .describe('How often each action was possible, changed the state, and was tried by random search.'),
    userRuns: count.exactOptional().describe('How often functions of the model were run.'),
    exactStates: text.exactOptional().describe('The exact number of states, where it is 2^53 or more.'),
    nodes: count.exactOptional().describe('Nodes of the decision diagram that all reachable states are.'),
    because: z
      .array(text)
      .exactOptional()
      .describe('Which engines were chosen, one after the other, and why.'),
    differentStates: count
      .exactOptional()
      .describe('Different states that random runs came by; not there where some were forgotten.'),
    lengths: z
      .array(z.strictObject({ upTo: count, runs: count }))
      .exactOptional()
      .describe('Random runs by length: those of at most `upTo` steps and more than the entry before.'),
  })
  .meta({ id: 'search', description: 'One search, and the claims that it decided.' });

const assignment = z.record(text, z.boolean());

const answer = z
  .strictObject({
    id: text,
    model: text.exactOptional().describe("The model that it is about, where that is not the board's."),
    invariant: text,
    says: text,
    source: text,
    verdict: z.enum(['holds', 'violated', 'unresolved', 'vacuous', 'depends']),
    because: text.exactOptional(),
    decidedBy: z.array(text).describe('Unknown values that decide the answer.'),
    brokenWhen: z.array(assignment),
    states: count,
    transitions: count,
    complete: z.boolean(),
    attack: attackSchema.exactOptional(),
    attackWhen: assignment.exactOptional(),
    attackScenario: scenarioSchema.exactOptional(),
    closedBy: z.array(text).describe('Single settings with which no attack is left.'),
    notClosedBy: z.array(text).describe('Single settings with which an attack is left.'),
    undecidedBy: z.array(text).describe('Single settings for which neither is known.'),
    closedTogether: z
      .array(z.array(text))
      .describe('Sets of settings with which no attack is left, where no single one does it.'),
    accepted: text.exactOptional().describe('Why an attack on it is by design.'),
    reproduce: text,
  })
  .meta({ id: 'answer', description: 'A question about a board, and its answer.' });

const platform = z
  .strictObject({
    name: text,
    chipset: text.exactOptional(),
    registers: z.array(z.strictObject({ name: text, widthBits: count, value: count, readFrom: text })),
    locks: z.array(
      z.strictObject({
        name: text,
        state: z.enum(['set', 'clear', 'unknown', 'absent']),
        says: text,
        readFrom: text,
      }),
    ),
    unknown: z.array(z.strictObject({ name: text, why: text })),
    findings: z.array(
      z.strictObject({
        id: text,
        says: text,
        severity: z.enum(['good', 'note', 'bad']),
        evidence: z.array(text),
      }),
    ),
    model: text.exactOptional(),
    settings: z.array(
      z.strictObject({
        id: text,
        says: text,
        by: z.enum(['firmware', 'defence', 'hypothetical']).exactOptional(),
        costs: text.exactOptional(),
        snippet: text.exactOptional().describe('A command that sets it; nobody has tried it on this board.'),
        check: text.exactOptional().describe('Not known whether it is set already: the command that tells.'),
      }),
    ),
    plans: z
      .array(
        z.strictObject({
          steps: z.array(
            z.strictObject({
              settings: z.array(text),
              closes: z.array(text),
              or: z.array(z.array(text)).describe('Other sets that close the same.'),
            }),
          ),
          closes: z.array(text).describe('Questions without an attack once all of it is changed.'),
          leaves: z.array(text).describe('Those with one, or of which it is not known.'),
        }),
      )
      .describe('What to change, what closes most first.'),
    answers: z.array(answer),
    error: error.exactOptional().describe('Why it could not be audited, or not be searched.'),
  })
  .meta({ id: 'platform', description: 'A board: what was read, and what follows.' });

/** The schema of a report, version 1: the one source of the published JSON Schema. */
export const reportSchema: z.ZodType<Report> = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: text, version: text }),
    run: z.strictObject({
      command: z.enum(['verify', 'audit', 'threshold', 'study', 'cross-check']),
      engine: z.enum(['exhaustive', 'random', 'symbolic', 'auto']),
      seed: z.number().int(),
      limits: z.strictObject({
        maxDepth: count.exactOptional(),
        maxStates: count.exactOptional(),
        timeLimitMs: count.exactOptional(),
        memoryLimitMb: count.exactOptional(),
      }),
      runs: count.exactOptional(),
      probeRuns: count.exactOptional(),
      states: z
        .literal('fingerprint')
        .exactOptional()
        .describe('How states were told apart, if not exactly.'),
      reduce: z
        .array(z.enum(['symmetry', 'partial-order']))
        .exactOptional()
        .describe('How searches were to be reduced.'),
      interrupted: z.boolean().describe('True for a run that was stopped before it was through.'),
      shard: z
        .strictObject({ index: count.min(1), of: count.min(1), order: z.array(text) })
        .exactOptional()
        .describe(
          'Which part of a run this is, where it was divided, and all claims of the run in their order.',
        ),
    }),
    claims: z.array(claim),
    searches: z.array(search),
    platforms: z.array(platform).exactOptional(),
    outcomes: z
      .array(outcomeSchema)
      .exactOptional()
      .describe('What a threshold, a study or a cross-check decided.'),
    corpus: z
      .array(corpusSchema)
      .exactOptional()
      .describe('The attacks that the project keeps of these claims.'),
    suites: z
      .array(z.strictObject({ id: text, says: text }))
      .exactOptional()
      .describe('The suites of the claims, in their order.'),
    sources: sourcesSchema
      .exactOptional()
      .describe('By model: where the functions stand that attacks, witnesses and claims are about.'),
    timing: z
      .strictObject({
        startedAt: text,
        durationMs: z.number().min(0),
        items: z.record(text, z.number().min(0)),
      })
      .describe('All figures that differ between two runs of the same thing.'),
  })
  .describe('What a run of underwatch found. Equal for equal seed and version, but for `timing`.');
