import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import type { PageModels } from '../../report/page/models.ts';
import type { Runner } from '../../report/page/run/situation.ts';
import { configAt } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { pageModels } from './page-models.ts';

const place = createWorkplace();
afterAll(place.remove);

/** Runs a script of models in a realm that has nothing of Node, and returns what it leaves there. */
const runnerOf = (models: PageModels): Runner => {
  if (models.kind === 'absent') throw new Error(models.because);
  return runInNewContext(`${models.script}\nglobalThis.underwatch.runner`, { performance }) as Runner;
};

const MODEL = `import { actionOf, defineModel } from 'underwatch/model';
const action = actionOf<{ readonly on: boolean }, unknown>();
export const lamp = defineModel({
  id: 'lamp', says: 'a lamp', defences: {}, capabilities: {}, parameters: {},
  initial: () => ({ on: false }),
  actions: { press: action({ actor: 'hand', says: 'presses', then: (draft) => { draft.on = !draft.on; } }) },
  invariants: { dark: { kind: 'always', says: 'It is dark.', source: 'night', holds: ({ on }) => !on } },
});\n`;
const config = (head: string): string => `${head}
import { defineConfig, suite } from 'underwatch';
import { lamp } from './lamp.ts';
const claims = { DARK: { invariant: 'dark', expect: 'violated', says: 'no', source: 'me' } } as const;
export default defineConfig({ suites: [suite({ id: 'lamp', says: 'of a lamp', model: lamp, claims })] });\n`;
const written = (name: string, head: string): string => {
  place.write(`${name}/lamp.ts`, MODEL);
  return place.write(`${name}/underwatch.config.ts`, config(head));
};
const lamp = new Set(['lamp']);

describe('the models of a page', () => {
  it('are those that are built in, where it is about no other', async () => {
    const { models, open } = runnerOf(await pageModels(new Set(['hypersentry', 'smram']), undefined));
    expect(models).toHaveLength(14);
    const opened = open('hypersentry', {});
    if (opened.kind === 'refused') throw new Error(opened.because);
    expect(opened.session.look({ start: 0, taken: [] }, 0).ways.map(({ step }) => step.text)).toEqual([
      'asks for a measurement, over the management network',
    ]);
    expect(open('hypersentry', { without: ['no such'] }).kind).toBe('refused');
  });

  it("are the user's own, bundled from their sources, and run as they do elsewhere", async () => {
    const { models, open } = runnerOf(await pageModels(lamp, written('own', '')));
    expect(models).toEqual(['lamp']);
    const opened = open('lamp', {});
    if (opened.kind === 'refused') throw new Error(opened.because);
    const { judgements, steps, ways } = opened.session.look({ start: 0, taken: [0] }, 1, 'dark');
    expect(steps).toEqual([
      {
        from: 'hand',
        to: 'on',
        text: 'presses',
        action: 'press',
        choices: {},
        changes: [{ field: 'on', before: 'false', after: 'true' }],
      },
    ]);
    expect(judgements[0]).toMatchObject({ along: ['holds', 'broken'], brokenAt: 1 });
    expect(judgements[0]?.grounds).toEqual([{ field: 'on', value: 'true', otherwise: 'false' }]);
    expect(ways).toHaveLength(1);
    expect(opened.session.why('dark', { start: 0, taken: [0] })).toEqual([
      { phase: 'strike', readBy: [{ kind: 'invariant', fields: ['on'] }], left: { kind: 'harmless' } },
    ]);
  });

  it('may stand beside built-in ones, and name what a page has not, as long as they do not need it', async () => {
    const head = `import { readFileSync } from 'node:fs';\nimport { chipset } from 'underwatch/models';\nexport const unused = () => [readFileSync, chipset];`;
    const { models } = runnerOf(await pageModels(new Set(['lamp', 'chipset']), written('beside', head)));
    expect(models).toContain('lamp');
    expect(models).toContain('chipset');
  });

  it('of a configuration that needs Node are not there, and the page can say why', async () => {
    const head = `import { readFileSync } from 'node:fs';\nexport const read = readFileSync('x');`;
    const opened = runnerOf(await pageModels(lamp, written('node', head))).open('lamp', {});
    expect(opened).toEqual({
      kind: 'refused',
      because: 'the configuration does not load in a page: node:fs.readFileSync is not there in a page',
    });
    const broken = await pageModels(lamp, place.write('broken/underwatch.config.ts', 'import "./gone.ts";'));
    expect(broken).toEqual({
      kind: 'absent',
      because:
        'the configuration does not load in a page: Could not resolve "./gone.ts" (underwatch.config.ts, line 1)',
    });
    expect(await pageModels(lamp, undefined)).toMatchObject({ kind: 'absent' });
  });

  it('are the same text twice', async () => {
    expect(await pageModels(new Set(['door']), configAt('door'))).toEqual(
      await pageModels(new Set(['door']), configAt('door')),
    );
  });
});
