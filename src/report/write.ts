import { access, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { Fault } from '../model/index.ts';
import { attackFile, type AttackFile } from './attack-file.ts';
import { jsonText } from './document.ts';
import { markdownText } from './markdown.ts';
import type { Report } from './report.ts';

/** A file's name for anything: letters, digits, dots and hyphens stay. */
const fileName = (id: string): string => id.replaceAll(/[^\w.-]+/g, '-').replace(/^\.+/, '');

/** Where in a report's folder the own file of an attack or a witness is. */
export const attackPath = (of: string, kind: AttackFile['kind'] = 'attack'): string =>
  join(kind === 'attack' ? 'attacks' : 'witnesses', `${fileName(of)}.json`);

/** How the attack of a board's question is called. */
export const boardAttack = (board: string, question: string): string => `${board}--${question}`;

const attackFiles = ({ claims, platforms = [] }: Report): readonly AttackFile[] => [
  ...claims.flatMap(({ id, attack, witness, model, scenario, invariant }) => {
    const of = { claim: id, model, scenario, invariant };
    if (attack !== undefined) return [attackFile(attack, { ...of, kind: 'attack' })];
    return witness === undefined ? [] : [attackFile(witness, { ...of, kind: 'witness' })];
  }),
  ...platforms.flatMap(({ name, model, answers }) =>
    answers.flatMap(({ id, attack, attackScenario, invariant }) =>
      attack === undefined || attackScenario === undefined || model === undefined
        ? []
        : [
            attackFile(attack, {
              claim: boardAttack(name, id),
              model,
              scenario: attackScenario,
              invariant,
              kind: 'attack',
            }),
          ],
    ),
  ),
];

/** The reason in an error of the file system, in the system's own words. */
export const reasonOf = (error: unknown): string => {
  const { errno, code } = error as { readonly errno?: number; readonly code?: string };
  const [, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return words === undefined ? String(error) : `${words} (${code})`;
};

/** The files of a report, by path in its folder. The report itself comes last. */
const filesOf = (report: Report): readonly (readonly [path: string, content: string])[] => {
  const stem = report.run.interrupted ? 'report.partial' : 'report';
  const own = [
    [`${stem}.md`, markdownText(report)],
    [`${stem}.json`, jsonText(report)],
  ] as const;
  // What an interrupted run leaves stands beside the earlier reports, not in their place.
  if (report.run.interrupted) return own;
  return [
    ...attackFiles(report).map((file) => [attackPath(file.claim, file.kind), jsonText(file)] as const),
    ...own,
  ];
};

const unwritable = (folder: string, error: unknown): Fault =>
  new Fault('UW302', {
    where: folder,
    expected: 'a folder that can be made and written to',
    got: reasonOf(error),
    likely: 'a file has the name of the folder, the disk is full, or it may not be written to',
    next: 'name another folder with --out; earlier reports are as they were',
  });

/** Makes a report's folder, so that a run that could not leave its report does not begin. Throws UW302. */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
};

/**
 * Writes a report and its attacks into `folder` and says where. Everything is written beside its place
 * and then renamed, so that earlier reports stay whole whatever happens. An interrupted run's report is
 * named `report.partial`. Throws UW302 when the folder cannot be written.
 */
export const writeReport = async (folder: string, report: Report): Promise<readonly string[]> => {
  const files = filesOf(report).map(([path, content]) => {
    const target = join(folder, path);
    return { target, temporary: `${target}.${process.pid}.tmp`, content };
  });
  try {
    for (const { target, temporary, content } of files) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(temporary, content);
    }
    for (const { target, temporary } of files) await rename(temporary, target);
    if (!report.run.interrupted) {
      for (const name of ['report.partial.json', 'report.partial.md'])
        await rm(join(folder, name), { force: true });
    }
  } catch (error) {
    for (const { temporary } of files) await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(folder, error);
  }
  return files.map(({ target }) => target);
};
