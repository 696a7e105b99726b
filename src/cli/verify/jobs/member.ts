import type { EngineResult } from '../../../claim/engine/searching.ts';
import type { Wanted } from '../../../claim/run/keeper.ts';
import { byName, canonical, Fault } from '../../../model/index.ts';
import type { Identity } from '../../../search/checkpoint/identity.ts';
import { EXIT } from '../../exit-codes.ts';
import type { FromWorker, WorkerStart } from './messages.ts';
import { startWorkerProcess, type Ended, type WorkerProcess } from './worker-process.ts';

/** The outcome of a search in a worker process. `began`: it was at this one when it ended. */
export type Reply =
  | {
      readonly kind: 'found';
      readonly found: EngineResult;
      readonly durationMs: number;
      readonly identity?: Identity;
    }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'died'; readonly ended: Ended; readonly began: boolean };

/** A worker process of a pool, and the one that takes its place when it dies. */
export interface Member {
  /** Starts the process unless it runs. Settles with whether searches can be given to it. */
  readonly ready: () => Promise<boolean>;
  readonly ask: (wanted: Pick<Wanted, 'number' | 'invariants' | 'listening'>) => Promise<Reply>;
  /** Gives it no more searches; says why, unless that was said. */
  readonly giveUp: (because: string) => void;
  readonly stop: () => void;
  /** Ends the process. Settles with whether code of the configuration failed in it where nobody waited. */
  readonly end: () => Promise<boolean>;
}

/** The task of a member, and who hears what it says. */
export interface MemberOptions {
  readonly start: WorkerStart;
  /** The identity of the claims in this process: a member that has others before it takes no search. */
  readonly identity: Identity;
  /** Whether it says after each search what its model does. */
  readonly identified: boolean;
  readonly tell: (text: string) => void;
  readonly onUnusable: (because: string) => void;
}

// Deaths one after the other, with no search between them: nothing can be expected of such a process.
const MOST_DEATHS = 4;

/** Whether two identities are of the same. */
export const isSame = (one: Identity, other: Identity): boolean =>
  canonical(byName(one)) === canonical(byName(other));

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly onProgress: Wanted['listening']['onSlice'];
  began: boolean;
}

interface Running {
  readonly process: WorkerProcess;
  readonly isReady: Promise<boolean>;
  readonly pending: Map<number, Pending>;
  isUp: boolean;
}

const replyOf = (message: FromWorker): Reply | undefined => {
  if (message.kind === 'found') {
    const { kind, found, durationMs, identity } = message;
    return { kind, found, durationMs, ...(identity === undefined ? {} : { identity }) };
  }
  if (message.kind !== 'fault') return undefined;
  const { cause, code, details } = message;
  return { kind: 'fault', fault: new Fault(code, details, { cause }) };
};

const answer = (pending: Map<number, Pending>, message: Exclude<FromWorker, { kind: 'ready' }>): boolean => {
  const one = pending.get(message.number);
  if (one === undefined) return false;
  if (message.kind === 'began') one.began = true;
  if (message.kind === 'progress') one.onProgress?.(message.progress);
  const reply = replyOf(message);
  if (reply === undefined) return false;
  pending.delete(message.number);
  one.resolve(reply);
  return true;
};

/** Asks a process to make a search, if there is one. */
const asked = (
  running: Running | undefined,
  { invariants, listening, number }: Pick<Wanted, 'number' | 'invariants' | 'listening'>,
  identified: boolean,
): Promise<Reply> =>
  new Promise((resolve) => {
    if (running === undefined) {
      resolve({ kind: 'died', ended: { code: null, by: 'an earlier search' }, began: false });
      return;
    }
    running.pending.set(number, { resolve, onProgress: listening.onSlice, began: false });
    running.process.send({ kind: 'search', number, invariants, identified });
  });

/** Makes a member of a pool; its process is started when it is first asked whether it is ready. */
export const createMember = ({ identified, identity, onUnusable, start, tell }: MemberOptions): Member => {
  let now: Running | undefined;
  let isOver = false;
  let isUsable = true;
  let deaths = 0;
  let hadStray = false;
  const giveUp = (because: string): void => {
    if (isUsable && !isOver) onUnusable(because);
    isUsable = false;
  };
  const launch = (): Running => {
    const pending = new Map<number, Pending>();
    let said = '';
    let settle: (value: boolean) => void = () => undefined;
    const isReady = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const onMessage = (message: FromWorker): void => {
      if (message.kind !== 'ready') {
        if (answer(pending, message)) deaths = 0;
        return;
      }
      running.isUp = true;
      if (!isSame(message.identity, identity)) giveUp('it has other claims or files before it');
      settle(isUsable);
    };
    const onEnd = (ended: Ended): void => {
      now = undefined;
      deaths += 1;
      hadStray ||= isOver && ended.code === EXIT.badInput;
      if (!running.isUp)
        giveUp(`it ended by ${ended.by} before it was ready${said === '' ? '' : `: ${said}`}`);
      if (deaths >= MOST_DEATHS) giveUp(`it ended ${deaths} times, at last by ${ended.by}`);
      settle(false);
      for (const { began, resolve } of pending.values()) resolve({ kind: 'died', ended, began });
    };
    const onStderr = (text: string): void => {
      if (running.isUp) tell(text);
      else said += text;
    };
    const running: Running = {
      process: startWorkerProcess(start, { onEnd, onMessage, onStderr }),
      isReady,
      pending,
      isUp: false,
    };
    return running;
  };
  return {
    ready: async () => {
      if (!isUsable || isOver) return false;
      now ??= launch();
      return now.isReady;
    },
    ask: (wanted) => asked(now, wanted, identified),
    giveUp,
    stop: () => now?.process.stop(),
    end: async () => {
      isOver = true;
      // One that still loads has nothing to tell.
      await now?.process.end(!now.isUp);
      return hadStray;
    },
  };
};
