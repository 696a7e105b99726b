import type { AnyModel, Fault, Scenario } from '../model/index.ts';

/** A file handed to an auditor: its path as the user gave it, and its text. */
export interface InputFile {
  readonly path: string;
  readonly text: string;
}

/** A register as read from a real board; `readFrom` says where, in the input's own terms. */
export interface RegisterReading {
  readonly name: string;
  readonly widthBits: number;
  readonly value: number;
  readonly readFrom: string;
}

/** A lock as the input has it; a chipset without such a lock has it `absent`. */
export interface LockReading {
  readonly name: string;
  readonly state: 'set' | 'clear' | 'unknown' | 'absent';
  readonly says: string;
  readonly readFrom: string;
}

/** A value that the input does not tell. */
export interface UnknownReading {
  readonly name: string;
  readonly why: string;
}

/** A plain statement about the board that needs no search, with what it rests on. */
export interface Finding {
  readonly id: string;
  readonly says: string;
  readonly severity: 'good' | 'note' | 'bad';
  readonly evidence: readonly string[];
}

/** A question about a board, answered by search. */
export interface Question {
  readonly id: string;
  readonly invariant: string;
  readonly says: string;
  readonly source: string;
  /**
   * Set where an attack on it is by design, provided that another question holds: the verifier notices it,
   * say.
   */
  readonly accepted?: { readonly ifHolds: string; readonly because: string };
}

/**
 * A change that could be made against an attack. `by` says who can make it: `firmware`, which sets a bit that
 * the board has; `defence`, the system that is defended; nobody, where it is `hypothetical`.
 */
export interface Mitigation {
  readonly id: string;
  readonly says: string;
  /** The one who can make the change; `firmware` where it is missing. */
  readonly by?: 'firmware' | 'defence' | 'hypothetical';
  readonly costs?: string;
  /**
   * The command that sets it until the next reset, as one would try it; nobody has tried it on this board.
   */
  readonly snippet?: string;
  /** The command on the board that tells whether it is set already, where that is not known. */
  readonly check?: string;
}

/** The subject of an audit: all that a search needs to answer questions about a board. */
export interface AuditSubject {
  readonly model: AnyModel;
  readonly questions: readonly Question[];
  /** The unknown values, which may decide an answer: each is tried both ways. */
  readonly unknowns: readonly string[];
  /**
   * Whether an unknown value can bear on a question at all; where it is missing, each does on every question.
   */
  readonly bears?: (question: Question, unknown: string) => boolean;
  /** Possible changes: tried one at a time against every attack, then in sets. */
  readonly mitigations: readonly Mitigation[];
  /**
   * Returns the scenario of this board for a question, with the unknown values assigned and, if given, these
   * settings changed.
   */
  readonly scenario: (
    question: Question,
    assigned: { readonly [unknown: string]: boolean },
    changed?: readonly string[],
  ) => Scenario;
}

/** Questions about a board that cannot be asked of it, and why not. */
export interface UnaskedQuestions {
  readonly questions: readonly Question[];
  readonly because: string;
}

/** A board as an auditor read it. */
export interface Platform {
  readonly name: string;
  readonly chipset: string;
  readonly registers: readonly RegisterReading[];
  readonly locks: readonly LockReading[];
  readonly unknown: readonly UnknownReading[];
  readonly findings: readonly Finding[];
  /** The subject of the searches, or the fault that says why nothing can be searched. */
  readonly subject: AuditSubject | Fault;
  /** Other sides of the board, each asked on a model of its own, with unknowns and settings of its own. */
  readonly others?: readonly AuditSubject[];
  /** Questions that cannot be asked: they are `unresolved`, and the rest of the board is still audited. */
  readonly unasked?: readonly UnaskedQuestions[];
}

/** The files of the machine that an audit runs on; both functions throw what the system says. */
export interface MachineFiles {
  /** Returns the names in a folder, in their order. */
  readonly list: (folder: string) => readonly string[];
  /** Reads up to `size` bytes from `position` on, in one read. */
  readonly read: (path: string, position: number, size: number) => readonly number[];
}

/** A collector: it reads from a machine itself what an auditor asks of a board, and changes nothing there. */
export interface Collector {
  /** The script for a machine that has nothing but a shell. */
  readonly script: string;
  /** Returns the output that the script would print on this machine. */
  readonly live: (files: MachineFiles) => string;
}

/** An auditor: it reads boards of one kind. `read` throws a Fault when the files do not describe one. */
export interface Auditor {
  readonly id: string;
  readonly says: string;
  /** The models that its subjects use, so that `replay` knows them. */
  readonly models: readonly AnyModel[];
  readonly collector?: Collector;
  readonly read: (name: string, files: readonly InputFile[], options: { readonly gpi: number }) => Platform;
}
