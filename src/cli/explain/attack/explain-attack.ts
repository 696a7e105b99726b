import { counted } from '../../../attack/words.ts';
import { drive } from '../../../claim/engine/drive.ts';
import { checkModel, guarded, systemOf } from '../../../model/index.ts';
import { parseAttackFile, traceOf } from '../../../report/attack-file.ts';
import { jsonText } from '../../../report/document.ts';
import type { Limits, Progress } from '../../../search/result.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { interruptible } from '../../interrupt.ts';
import { claimCalled } from '../../names/select.ts';
import { attackSystem } from '../../replay/attack-system.ts';
import { drawn } from '../../terminal/layout.ts';
import { createProgress } from '../../terminal/progress.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Workspace } from '../../workspace/load-config.ts';
import { readText } from '../../workspace/read-file.ts';
import { attackExplained } from './text.ts';
import { foundFor, MOST_STATES, understoodInSlices, type Subject, type Understood } from './understood.ts';

/** Whether an argument names an attack file, and no part of a model. */
export const isAttackFile = (id: string): boolean => id.endsWith('.json');

const fromFile = (path: string, { models, suites }: Workspace): Subject => {
  const file = parseAttackFile(path, readText(path, 'an attack file'), { anyVersion: false });
  const { model, system } = attackSystem(path, file, models);
  const { claim, invariant, kind, shortest } = file;
  const says = suites.flatMap(({ claims }) => claims).find(({ id }) => id === claim)?.says ?? model.says;
  return { claim, says, model, system, invariant, kind, trace: traceOf(file), shortest };
};

function* subjectOf(
  workspace: Workspace,
  id: string,
  limits: Limits,
): Generator<Progress, Subject, 'stop' | undefined> {
  if (isAttackFile(id)) return fromFile(id, workspace);
  const { id: claim, invariant, model, says, scenario } = claimCalled(workspace, id);
  checkModel(model);
  const system = guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
  return yield* foundFor({ claim, says, model, system, invariant }, limits);
}

const dataOf = ({ attack, defences, needs, subject, why }: Understood): object => {
  const { claim, invariant, kind, model, system } = subject;
  return {
    claim,
    model: model.id,
    invariant,
    scenario: system.scenario,
    kind,
    attack,
    why,
    needs,
    defences,
  };
};

/**
 * Explains why an attack works: that of a file, or the one that a search finds for a claim. Throws UW305 for
 * a claim that does not exist, UW392 where there is no attack, UW503 for one that does not run any more.
 */
export const explainAttack = async (
  terminal: Terminal,
  workspace: Workspace,
  id: string,
  { json, limits }: { readonly json: boolean; readonly limits: Limits },
): Promise<ExitCode> => {
  const progress = createProgress(terminal, json);
  const bounded: Limits = { maxStates: MOST_STATES, ...limits };
  const searching = function* (): Generator<Progress, Understood, 'stop' | undefined> {
    const subject = yield* subjectOf(workspace, id, limits);
    return yield* understoodInSlices(subject, bounded);
  };
  const [understood, isStopped] = await interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      const found = await drive(searching(), {
        signal,
        onSlice: ({ states }) => progress.show(`explaining ${id}  ${counted(states, 'state')}`),
      });
      return [found, signal.aborted] as const;
    },
  );
  progress.clear();
  terminal.out(json ? jsonText(dataOf(understood)) : drawn(attackExplained(understood, terminal), terminal));
  return isStopped ? EXIT.interrupted : EXIT.asExpected;
};
