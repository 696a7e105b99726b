import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Claim } from '../claim/claim.ts';
import { runClaims } from '../claim/run.ts';
import { doorSuite } from '../testing/door.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { claimsReport } from './document.ts';
import type { Report } from './report.ts';
import { prepareFolder, writeReport } from './write.ts';

const place = createWorkplace();
afterAll(place.remove);

const reportOf = async (
  interrupted: boolean,
  claims: readonly Claim[] = doorSuite.claims,
): Promise<Report> => {
  const run = await runClaims(claims);
  return claimsReport(
    { ...run, interrupted },
    {
      run: { engine: 'exhaustive', seed: 1, limits: {} },
      clocked: { startedAt: new Date(0), durationMs: 1 },
      reproduce: () => 'again',
    },
  );
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

const WHOLE = [
  'attacks/DOOR-OPEN.json',
  'attacks/DOOR-PICKED.json',
  'report.json',
  'report.md',
  'witnesses/DOOR-OPENS.json',
];

describe('writeReport', () => {
  it('writes the report, its story and a file for each path, and nothing else', async () => {
    const folder = join(place.path, 'whole');
    const written = await writeReport(folder, await reportOf(false));
    expect(filesIn(folder)).toEqual(WHOLE);
    expect(written.map((path) => path.slice(folder.length + 1)).toSorted()).toEqual(WHOLE);
  });

  it('puts an interrupted report beside the last whole one, and the next whole one clears it away', async () => {
    const folder = join(place.path, 'interrupted');
    await writeReport(folder, await reportOf(false));
    writeFileSync(join(folder, 'report.json'), 'earlier');
    await writeReport(folder, await reportOf(true));
    expect(filesIn(folder)).toEqual([...WHOLE, 'report.partial.json', 'report.partial.md'].toSorted());
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('earlier');
    await writeReport(folder, await reportOf(false));
    expect(filesIn(folder)).toEqual(WHOLE);
  });

  it("removes what only the earlier report had, and nothing of an audit's or of anybody else's", async () => {
    const folder = join(place.path, 'stale');
    await writeReport(folder, await reportOf(false));
    const audit = await reportOf(false, []);
    await writeReport(folder, { ...audit, run: { ...audit.run, command: 'audit' }, platforms: [] });
    writeFileSync(join(folder, 'attacks/MINE.json'), 'mine');
    await writeReport(folder, await reportOf(false, doorSuite.claims.slice(0, 1)));
    expect(filesIn(folder)).toEqual([
      'attacks/DOOR-OPEN.json',
      'attacks/MINE.json',
      'audit.json',
      'audit.md',
      'report.json',
      'report.md',
    ]);
  });

  it('leaves the earlier report whole and no litter when it fails half way', async () => {
    const folder = join(place.path, 'blocked');
    mkdirSync(join(folder, 'report.md/in-the-way'), { recursive: true });
    writeFileSync(join(folder, 'report.json'), 'earlier');
    await expect(writeReport(folder, await reportOf(false))).rejects.toMatchObject({ code: 'UW302' });
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('earlier');
    expect(filesIn(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('prepareFolder', () => {
  it('refuses a folder that cannot be, in the words of the system', async () => {
    const parent = place.write('a-file', '');
    await expect(prepareFolder(join(parent, 'reports'))).rejects.toMatchObject({
      code: 'UW302',
      details: { got: 'not a directory (ENOTDIR)' },
    });
    await prepareFolder(join(place.path, 'new/folder'));
    expect(existsSync(join(place.path, 'new/folder'))).toBe(true);
  });
});
