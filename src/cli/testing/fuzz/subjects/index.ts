import { runClaims } from '../../../../claim/run/run.ts';
import { claimsReport } from '../../../../report/document.ts';
import { filesOf } from '../../../../report/files.ts';
import { doorSuite } from '../../../../testing/models/door.ts';
import type { Workplace } from '../../../../testing/workplace.ts';
import type { Subject } from '../subject.ts';
import { commandLines } from './arguments.ts';
import { attacks } from './attacks.ts';
import { checkpoints } from './checkpoints.ts';
import { configurations } from './configurations.ts';
import { logs } from './logs.ts';
import { reports } from './reports.ts';

/** Makes the subjects: all that read what anyone may have written, with inputs in `place`. */
export const createSubjects = async (place: Workplace): Promise<readonly Subject[]> => {
  const { auditors } = await import('underwatch/properties');
  const report = claimsReport(await runClaims(doorSuite.claims), {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: () => 'again',
  });
  const files = filesOf(report).flatMap(([path, content]) =>
    path.includes('/') ? [JSON.parse(content) as object] : [],
  );
  return [
    logs(place, auditors),
    attacks(place, files),
    reports(place, report),
    checkpoints(place),
    configurations(place),
    commandLines(place, files[0] ?? {}),
  ];
};
