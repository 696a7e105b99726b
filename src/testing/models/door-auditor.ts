import { Fault, type Auditor, type InputFile, type LockReading, type Platform } from 'underwatch';
import { door } from './door.ts';

const fault = (
  code: 'UW401' | 'UW402' | 'UW403' | 'UW404',
  where: string,
  expected: string,
  got: string,
): Fault =>
  new Fault(code, { where, expected, got, likely: 'the log is of something else', next: 'collect it again' });

const logIn = (name: string, files: readonly InputFile[]): InputFile => {
  const log = files.find(({ path }) => path === '-' || path.endsWith('door.log'));
  if (log === undefined) throw fault('UW401', name, 'door.log', files.map(({ path }) => path).join(', '));
  if (log.text.trim() === '' || log.text.includes('\0')) {
    throw fault('UW402', log.path, 'lines of text', log.text.trim() === '' ? 'an empty file' : 'binary data');
  }
  if (!log.text.trimEnd().endsWith('end'))
    throw fault('UW403', log.path, 'a last line `end`', 'the end of the file');
  return log;
};

const reading = (log: InputFile, name: string): boolean | undefined => {
  const found = new RegExp(`^${name}=([01])$`, 'm').exec(log.text);
  return found === null ? undefined : found[1] === '1';
};

const lockOf = (log: InputFile, name: string): LockReading => {
  const value = reading(log, name);
  const state = value === undefined ? 'unknown' : value ? 'set' : 'clear';
  return { name, state, says: `the ${name} of the door`, readFrom: `${log.path}, ${name}` };
};

const read = (name: string, files: readonly InputFile[], { gpi }: { readonly gpi: number }): Platform => {
  const log = logIn(name, files);
  const kind = /^door=(\w+)$/m.exec(log.text)?.[1] ?? 'nothing';
  const [lock, alarm] = [reading(log, 'lock'), reading(log, 'alarm')];
  const unknowns = [...(lock === undefined ? ['lock'] : []), ...(alarm === undefined ? ['alarm'] : [])];
  return {
    name,
    chipset: `${kind} door, bell ${gpi}`,
    registers: [{ name: 'DOOR', widthBits: 16, value: Number(lock ?? false), readFrom: `${log.path}, lock` }],
    locks: [lockOf(log, 'lock'), lockOf(log, 'alarm')],
    unknown: unknowns.map((unknown) => ({ name: unknown, why: 'the log does not say' })),
    findings: [{ id: 'wood', says: 'the door is of wood', severity: 'note', evidence: [log.path] }],
    subject:
      kind === 'revolving'
        ? fault('UW404', name, 'a door that can be locked', 'a revolving door')
        : {
            model: door,
            questions: [
              { id: 'Q-OPEN', invariant: 'shut', says: 'Can it be opened?', source: 'the owner' },
              {
                id: 'Q-QUIET',
                invariant: 'unnoticed',
                says: 'Can it be opened unnoticed?',
                source: 'the insurance',
              },
            ],
            unknowns,
            mitigations: [
              { id: 'set-lock', says: 'set the lock' },
              { id: 'set-alarm', says: 'switch the alarm on' },
            ],
            scenario: (_question, assigned, changed = []) => ({
              without: [],
              capabilities: ['hands', 'pick'],
              parameters: {
                lock: changed.includes('set-lock') || (lock ?? assigned['lock'] ?? false),
                alarm: changed.includes('set-alarm') || (alarm ?? assigned['alarm'] ?? false),
              },
            }),
          },
  };
};

/** Reads `door.log`: lines `door=`, `lock=`, `alarm=` and `end`. A revolving door cannot be searched. */
export const doorAuditor: Auditor = { id: 'door', says: 'door.log of a door', models: [door], read };
