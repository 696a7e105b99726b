// A process that takes a lock again and again, and leaves it as if it had been killed: `taker.ts LOCK TURNS`.
// Says how often it had it, and how often another one had it at the same time.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Fault } from '../../../model/index.ts';
import { lock } from '../lock.ts';

const [path = '', turns = '0'] = process.argv.slice(2);
const dead = { pid: spawnSync(process.execPath, ['-e', '']).pid, started: '' };
const marker = `${path}.inside`;
let [had, overlaps] = [0, 0];

for (let turn = 0; turn < Number(turns); turn += 1) {
  try {
    lock('the folder', path);
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW332') continue;
    throw error;
  }
  had += 1;
  try {
    closeSync(openSync(marker, 'wx'));
  } catch {
    overlaps += 1;
  }
  rmSync(marker, { force: true });
  const own = JSON.parse(readFileSync(path, 'utf8')) as object;
  const left = `${path}.left.${process.pid}`;
  writeFileSync(left, JSON.stringify({ ...own, ...dead }));
  renameSync(left, path);
}
process.removeAllListeners('exit');
process.stdout.write(`${had} ${overlaps}\n`);
