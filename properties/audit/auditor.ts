import { Fault } from 'underwatch';
import type { Auditor, Finding, Platform, UnaskedQuestions } from 'underwatch';
import { hypersentry } from '../../models/hypersentry/invocation/model.ts';
import { biosFlash } from '../../models/platform/flash/model.ts';
import { smram } from '../../models/platform/smram/model.ts';
import { collectScript, liveEvidence, readBoard } from '../../models/platform/boards/index.ts';
import { flashQuestions, flashSubjectOf } from './flash-subject.ts';
import { findingsOf } from './findings.ts';
import { nextCommand } from './next-command.ts';
import { questionsFor } from './questions.ts';
import { smramQuestionsOf, smramSubjectOf } from './smram-subject.ts';
import { subjectOf } from './subject.ts';

const unsupported = ({
  code,
  ...details
}: ConstructorParameters<typeof Fault>[1] & {
  readonly code: ConstructorParameters<typeof Fault>[0];
}): Fault => new Fault(code, details);

const whyNot = ({ got, next }: { readonly got: string; readonly next: string }): string => `${got}; ${next}`;

const NO_SMRAM = 'neither TSEGMB nor ESMRAMC is in the logs';

const NO_BIOS_CNTL = 'BIOS_CNTL is not in the logs';

/**
 * The statement about a board whose SMRAM cannot be asked about, instead of leaving the questions out
 * silently.
 */
const smramNotAsked: Finding = {
  id: 'S-SEARCH',
  says: 'who can read or replace what is in SMRAM was not searched: the model does not describe this memory controller',
  severity: 'note',
  evidence: [NO_SMRAM],
};

/** The auditor of boards with an Intel chipset, from the output of inteltool, lspci and CHIPSEC. */
export const intelBoards: Auditor = {
  id: 'intel-boards',
  says: 'inteltool.log and lspci.log of a board with an Intel chipset',
  models: [hypersentry, smram, biosFlash],
  collector: { script: collectScript, live: liveEvidence },
  read: (board, files, { gpi }): Platform => {
    const { profile } = readBoard(board, files);
    const { chipset, invocation } = profile;
    const smramSubject = smramSubjectOf(profile);
    const flashSubject = flashSubjectOf(profile);
    const { unasked: notAsked } = smramQuestionsOf(profile);
    const unasked: readonly UnaskedQuestions[] = [
      ...(invocation === 'modelled'
        ? []
        : [{ questions: questionsFor(gpi), because: whyNot(invocation.unsupported) }]),
      ...(notAsked.length === 0 ? [] : [{ questions: notAsked, because: NO_SMRAM }]),
      ...(flashSubject === undefined ? [{ questions: flashQuestions, because: NO_BIOS_CNTL }] : []),
    ];
    return {
      name: profile.name,
      chipset: `${chipset.generation}: ${chipset.southbridge.name} (${chipset.southbridge.id}), host bridge ${chipset.northbridge.id}`,
      registers: profile.registers,
      locks: profile.locks,
      unknown: profile.unknown.map(({ name, why }) => ({ name, why })),
      findings: [
        ...findingsOf(profile, gpi),
        ...(smramSubject === undefined ? [smramNotAsked] : []),
        ...(unasked.length === 0 ? [] : nextCommand(profile)),
      ],
      subject: invocation === 'modelled' ? subjectOf(profile, gpi) : unsupported(invocation.unsupported),
      others: [smramSubject, flashSubject].filter((subject) => subject !== undefined),
      unasked,
    };
  },
};
