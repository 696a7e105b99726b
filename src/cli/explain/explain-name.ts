import { Fault } from '../../model/index.ts';
import { jsonText } from '../../report/document.ts';
import { claimData, modelData, suiteData } from '../list/data.ts';
import { modelLines, suiteLines } from '../list/text.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { isCalled, partsIn } from '../names/named.ts';
import { notFound } from '../names/not-found.ts';
import { claimCalled } from '../names/select.ts';
import { commandLine } from '../../report/command-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { claimText } from './claim-text.ts';
import { partText } from './part-text.ts';

/** The request for an explanation. */
interface Asked {
  readonly id: string | undefined;
  /** A claim, as named by an option. */
  readonly claim: string | undefined;
  readonly config: string | undefined;
  readonly json: boolean;
}

/** An explanation, as lines and as data. */
interface Explanation {
  readonly lines: readonly string[];
  readonly data: object;
}

const nothingNamed = (got: string): Fault =>
  new Fault('UW304', {
    where: 'what to explain',
    expected: 'the id of a claim, a suite, a model or a part of one; or --space and a model',
    got,
    likely: 'the id was left out, or named twice',
    next: 'run `underwatch explain --help` for examples, `underwatch list` for the ids',
  });

const explanationOf = (workspace: Workspace, id: string, terminal: Terminal, asked: Asked): Explanation => {
  const claims = workspace.suites.flatMap((suite) => suite.claims);
  const claim = claims.find((one) => isCalled(one.id, id));
  const configured = asked.config === undefined ? [] : ['--config', asked.config];
  if (claim !== undefined) {
    return { lines: claimText(claim, workspace, configured, terminal), data: claimData(claim) };
  }
  const suites = workspace.suites.filter((one) => isCalled(one.id, id));
  const models = workspace.models.filter((one) => isCalled(one.id, id));
  const parts = partsIn(workspace).filter((one) => isCalled(one.id, id));
  if (suites.length + models.length + parts.length === 0) {
    const kinds = ['claim', 'suite', 'model', 'invariant', 'defence', 'capability', 'action'] as const;
    throw notFound(workspace, { code: 'UW305', where: 'what to explain', kinds, got: id });
  }
  const space = (model: string): readonly string[] => [
    `  its state space  ${commandLine('explain', '--space', model, ...configured)}`,
    '',
  ];
  return {
    lines: [
      ...suites.flatMap((suite) => suiteLines(suite, terminal)),
      ...models.flatMap((model) => [...modelLines(model, terminal).slice(0, -1), ...space(model.id)]),
      ...parts.flatMap((part) => partText(part, workspace, terminal)),
    ],
    data: {
      suites: suites.map(suiteData),
      models: models.map(modelData),
      parts: parts.map(({ kind, id: name, model }) => ({ kind, id: name, model: model.id })),
    },
  };
};

/** Explains the id of a claim, a suite, a model or a part of one. Throws UW304 and UW305. */
export const explainName = (terminal: Terminal, workspace: Workspace, asked: Asked): void => {
  const { id, claim, json } = asked;
  if (id !== undefined && claim !== undefined) throw nothingNamed(`${id} and --claim ${claim}`);
  const name = claim === undefined ? id : claimCalled(workspace, claim).id;
  if (name === undefined) throw nothingNamed('nothing');
  const { lines, data } = explanationOf(workspace, name, terminal, asked);
  terminal.out(json ? jsonText(data) : `${lines.join('\n').trimEnd()}\n`);
};
