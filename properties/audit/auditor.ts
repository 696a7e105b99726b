import { Fault } from 'underwatch';
import type { Auditor, Finding, Platform } from 'underwatch';
import { hypersentry } from '../../models/hypersentry/model.ts';
import { smram } from '../../models/platform/smram/model.ts';
import { readBoard } from '../../models/platform/boards/index.ts';
import { findingsOf } from './findings.ts';
import { smramSubjectOf } from './smram-subject.ts';
import { subjectOf } from './subject.ts';

const unsupported = ({
  code,
  ...details
}: ConstructorParameters<typeof Fault>[1] & {
  readonly code: ConstructorParameters<typeof Fault>[0];
}): Fault => new Fault(code, details);

/** What is said of a board whose SMRAM cannot be asked about, instead of leaving the questions out without a word. */
const smramNotAsked: Finding = {
  id: 'S-SEARCH',
  says: 'who can read or replace what is in SMRAM was not searched: the model does not describe this memory controller',
  severity: 'note',
  evidence: ['neither TSEGMB with BGSM nor ESMRAMC is in the logs'],
};

/** Boards with an Intel chipset from ICH9 to the 9 series, read from the logs that coreboot's autoport collects. */
export const intelBoards: Auditor = {
  id: 'intel-boards',
  says: 'inteltool.log and lspci.log of a board with an Intel chipset',
  models: [hypersentry, smram],
  read: (name, files, { gpi }): Platform => {
    const { profile } = readBoard(name, files);
    const { chipset, invocation } = profile;
    const smramSubject = smramSubjectOf(profile);
    return {
      name: profile.name,
      chipset: `${chipset.generation}: ${chipset.southbridge.name} (${chipset.southbridge.id}), host bridge ${chipset.northbridge.id}`,
      registers: profile.registers,
      locks: profile.locks,
      unknown: profile.unknown,
      findings: [...findingsOf(profile, gpi), ...(smramSubject === undefined ? [smramNotAsked] : [])],
      subject: invocation === 'modelled' ? subjectOf(profile, gpi) : unsupported(invocation.unsupported),
      ...(smramSubject === undefined ? {} : { others: [smramSubject] }),
    };
  },
};
