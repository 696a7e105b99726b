import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Claim } from '../claim/claim.ts';
import { runClaims } from '../claim/run/run.ts';
import { doorSuite } from '../testing/models/door.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { claimsReport } from './document.ts';
import type { Report } from './report.ts';
import { takeFolder, writeReport } from './write.ts';

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
  'index.html',
  'report.json',
  'report.md',
  'summary.md',
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
      'audit.html',
      'audit.json',
      'audit.md',
      'audit.summary.md',
      'index.html',
      'report.json',
      'report.md',
      'summary.md',
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

describe('a report folder that somebody else may write to', () => {
  it.each(['attacks', 'witnesses'])('is refused when %s is a link that leads out of it', async (part) => {
    const folder = join(place.path, `linked-${part}`);
    const elsewhere = join(place.path, `elsewhere-${part}`);
    mkdirSync(folder);
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'DOOR-OPEN.json'), 'mine');
    symlinkSync(elsewhere, join(folder, part));
    const report = await reportOf(false);
    await expect(takeFolder(folder)).rejects.toMatchObject({ code: 'UW327' });
    await expect(writeReport(folder, report)).rejects.toMatchObject({ code: 'UW327' });
    expect(filesIn(folder)).toEqual([]);
    expect(readFileSync(join(elsewhere, 'DOOR-OPEN.json'), 'utf8')).toBe('mine');
    expect(readdirSync(elsewhere)).toEqual(['DOOR-OPEN.json']);
  });

  it('has its files put in the place of links, and not where they lead', async () => {
    const folder = join(place.path, 'links');
    const victim = place.write('victim', 'mine');
    mkdirSync(join(folder, 'attacks'), { recursive: true });
    const names = ['report.md', 'report.json', 'attacks/DOOR-OPEN.json'];
    for (const name of names) {
      symlinkSync(victim, join(folder, name));
      symlinkSync(victim, join(folder, `${name}.${process.pid}.tmp`));
    }
    await writeReport(folder, await reportOf(false));
    expect(filesIn(folder)).toEqual(WHOLE);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it('keeps what an earlier report names outside of it', async () => {
    const folder = join(place.path, 'liar');
    const victim = place.write('attacks/victim.json', 'mine');
    const report = await reportOf(false);
    const liar = report.claims.map((claim, at) => ({
      ...claim,
      id: ['../victim', victim, '..'][at] ?? claim.id,
    }));
    mkdirSync(folder);
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ ...report, claims: liar }));
    await writeReport(folder, report);
    expect(filesIn(folder)).toEqual(WHOLE);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });
});

describe('takeFolder', () => {
  it('refuses a folder that cannot be, in the words of the system', async () => {
    const parent = place.write('a-file', '');
    await expect(takeFolder(join(parent, 'reports'))).rejects.toMatchObject({
      code: 'UW302',
      details: { got: 'not a directory (ENOTDIR)' },
    });
    const { close } = await takeFolder(join(place.path, 'new/folder'));
    expect(readdirSync(join(place.path, 'new/folder'))).toEqual(['report.lock']);
    close();
    expect(readdirSync(join(place.path, 'new/folder'))).toEqual([]);
  });

  it('has the folder for one run: another one is refused, and what is there stays', async () => {
    const folder = join(place.path, 'one');
    const report = await reportOf(false);
    await writeReport(folder, report);
    const { write, close } = await takeFolder(folder);
    await expect(takeFolder(folder)).rejects.toMatchObject({ code: 'UW332', details: { where: folder } });
    await expect(writeReport(folder, report)).rejects.toMatchObject({ code: 'UW332' });
    expect(filesIn(folder)).toEqual([...WHOLE, 'report.lock'].toSorted());
    await write(report);
    close();
    expect(filesIn(folder)).toEqual(WHOLE);
  });

  it.each(['report.lock', `report.lock.${process.pid}.tmp`])(
    'writes nothing through a link in place of %s',
    async (name) => {
      const folder = join(place.path, `lock-${name}`);
      const victim = place.write('victim', 'mine');
      mkdirSync(folder);
      symlinkSync(victim, join(folder, name));
      const { close } = await takeFolder(folder);
      close();
      expect(readFileSync(victim, 'utf8')).toBe('mine');
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
