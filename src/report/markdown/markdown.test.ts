import { describe, expect, it } from 'vitest';
import { runAudit } from '../../audit/run-audit.ts';
import { runClaims } from '../../claim/run/run.ts';
import { doorAuditor } from '../../testing/models/door-auditor.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { auditReport, claimsReport } from '../document.ts';
import { platformEntry } from '../entries.ts';
import { markdownText } from './markdown.ts';
import { mermaidOf } from '../mermaid.ts';
import { tool } from '../../model/tool.ts';

const clocked = { startedAt: new Date(0), durationMs: 1 };
const run = { engine: 'exhaustive', seed: 1, limits: {} } as const;

describe('markdownText', () => {
  it('tells the result first, then each attack as a story and a diagram', async () => {
    const claims = doorSuite.claims.filter(({ id }) => id === 'DOOR-PICKED' || id === 'DOOR-STEEL');
    const text = markdownText(
      claimsReport(await runClaims(claims), { run, clocked, reproduce: () => 'again' }),
    );
    expect(text).toBe(
      [
        '# Underwatch verify',
        '',
        '**2 claims: all as expected.**',
        '',
        '| as expected | claim | verdict | states | looked at | it says | scope |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| yes | [DOOR-PICKED](#door-picked) | violated in 2 steps, shortest | 3 | some | a lock that is not of steel is picked | without steel; capabilities hands, pick; lock = true; exhaustive search |',
        '| yes | DOOR-STEEL | holds | 1 | all | a lock of steel keeps the door shut | every defence on; capabilities hands, pick (idle here: hands); lock = true; exhaustive search |',
        '',
        '## Attacks',
        '',
        '### DOOR-PICKED',
        '',
        '**violated in 2 steps, shortest**: a lock that is not of steel is picked (source: experience)',
        '',
        'Scope: without steel; capabilities hands, pick; lock = true; exhaustive search.',
        '',
        'Breaks `shut`: The door is never open.',
        '',
        '1. **burglar** picks the lock; quietly #1',
        '   - lock.picked: false → true',
        '2. **burglar** pushes the door',
        '   - open: shut → wide open',
        '',
        '```mermaid',
        'sequenceDiagram',
        '  participant p0 as burglar',
        '  participant p1 as lock',
        '  participant p2 as open',
        '  p0->>p1: 1. picks the lock#59; quietly #35;1',
        '  p0->>p2: 2. pushes the door',
        '```',
        '',
        'Repeat: `again`',
        '',
        `underwatch ${tool.version}, exhaustive search, seed 1`,
        '',
      ].join('\n'),
    );
  });

  it('says of an interrupted run what was decided, and tells nothing of the rest', async () => {
    const signal = AbortSignal.abort();
    const text = markdownText(
      claimsReport(await runClaims(doorSuite.claims, { signal }), { run, clocked, reproduce: () => 'again' }),
    );
    expect(text).toContain('**Interrupted: 0 of 7 decided.** What it had not decided is unresolved.');
    expect(text).toContain('| not decided | DOOR-STEEL | unresolved: interrupted |');
    expect(text).not.toMatch(/not as expected|## Attacks/i);
  });

  it('says what keeps anything from happening, and in which limits it was looked for', async () => {
    const [claim] = doorSuite.claims;
    const idle = { ...claim!, id: 'DOOR-IDLE', scenario: { ...claim!.scenario, capabilities: [] } };
    const limits = { maxDepth: 9, maxStates: 1000 };
    const text = markdownText(
      claimsReport(await runClaims([idle], { limits }), {
        run: { ...run, limits },
        clocked,
        reproduce: () => 'again',
      }),
    );
    expect(text).toContain(
      String.raw`- DOOR-IDLE: nothing can happen: action \`pick\` needs \`pick\`, action \`push\` needs \`hands\`, which`,
    );
    expect(text).toContain('no capabilities; exhaustive search, to depth 9, up to 1,000 states |');
  });

  it('has a heading for each of several suites, and leads from every row to its attack', async () => {
    const claims = doorSuite.claims.map((claim, index) => ({
      ...claim,
      suite: index === 0 ? 'the [first]' : 'door',
    }));
    const text = markdownText(
      claimsReport(await runClaims(claims), { run, clocked, reproduce: () => 'again' }),
    );
    expect(text.match(/^## .*$/gm)).toEqual([
      String.raw`## Suite the \[first\]`,
      '## Suite door',
      '## Attacks',
    ]);
    const headings = new Set([...text.matchAll(/^### (.*)$/gm)].map(([, id]) => id!.toLowerCase()));
    const links = [...text.matchAll(/\]\(#(.*?)\)/g)].map(([, anchor]) => anchor!);
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((anchor) => !headings.has(anchor))).toEqual([]);
  });

  it('tells a board with its answers, and which settings close them', async () => {
    const platform = doorAuditor.read('oak', [{ path: 'door.log', text: 'door=oak\nend' }], { gpi: 0 });
    const text = markdownText(
      auditReport([platformEntry(await runAudit(platform), 'again')], {
        run: { ...run, interrupted: false },
        clocked,
        durationsMs: {},
      }),
    );
    expect(text).toContain('| oak | 0 of 2, 2 depends | unknown | unknown |');
    expect(text).toContain('| Q-OPEN | depends on lock | set-lock | 7 |');
    expect(text).toContain('Possible when lock false, alarm false.');
    expect(text).toContain('| DOOR | `0000` | door.log, lock |');
  });
});

describe('mermaidOf', () => {
  it('has no arrow to bookkeeping, however much of it a step changes', () => {
    const change = { before: '0', after: '1' };
    const steps = [
      {
        action: 'mask',
        actor: 'guest',
        text: 'masks',
        choices: {},
        changes: [
          { field: 'ghost.a', ...change, hidden: true as const },
          { field: 'ghost.b', ...change, hidden: true as const },
          { field: 'chipset.gate', ...change },
        ],
      },
      {
        action: 'wait',
        actor: 'guest',
        text: 'waits',
        choices: {},
        changes: [{ field: 'ghost.a', ...change, hidden: true as const }],
      },
    ];
    expect(mermaidOf({ length: 2, shortest: true, cost: 0, initial: 0, steps })).toBe(
      [
        'sequenceDiagram',
        '  participant p0 as guest',
        '  participant p1 as chipset',
        '  p0->>p1: 1. masks',
        '  p0->>p0: 2. waits',
      ].join('\n'),
    );
  });

  it('shows a step that changes nothing but its actor as one to itself', () => {
    const step = { action: 'a', actor: 'bmc', text: 'thinks <hard>', choices: {} };
    const changes = [{ field: 'bmc.busy', before: 'false', after: 'true' }];
    expect(mermaidOf({ length: 1, shortest: true, cost: 1, initial: 0, steps: [{ ...step, changes }] })).toBe(
      ['sequenceDiagram', '  participant p0 as bmc', '  p0->>p0: 1. thinks #60;hard#62;'].join('\n'),
    );
  });
});
