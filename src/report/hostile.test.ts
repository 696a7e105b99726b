import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attack } from '../attack/attack.ts';
import type { ClaimResult } from '../claim/result.ts';
import { runStudy, type Study } from '../statistics/study.ts';
import { doorSuite } from '../testing/models/door.ts';
import { ACTIVE, hostileText } from '../testing/hostile-text.ts';
import { claimsReport, jsonText } from './document.ts';
import { claimEntry } from './entries.ts';
import { markdownText } from './markdown/markdown.ts';
import { mermaidOf } from './mermaid.ts';
import { studySvg } from './study-svg.ts';

const expectLinesOf = (text: string): void => expect(text.replaceAll('\n', '')).not.toMatch(ACTIVE);

const attackOf = (text: string): Attack => ({
  length: 1,
  shortest: true,
  cost: 0,
  initial: 0,
  steps: [
    {
      action: text,
      actor: text,
      text,
      choices: { [text]: text },
      changes: [{ field: `${text}.x`, before: text, after: text }],
    },
  ],
});

const resultOf = (text: string): ClaimResult => ({
  claim: { ...doorSuite.claims[0]!, says: text, source: text, invariant: text, suite: text },
  verdict: 'violated',
  states: 1,
  transitions: 1,
  complete: true,
  antecedents: 1,
  attack: attackOf(text),
  asExpected: false,
  unexpectedBecause: text,
  durationMs: 0,
});

const reportOf = (text: string) =>
  claimsReport(
    { results: [resultOf(text)], searches: [], interrupted: false },
    {
      run: { engine: 'exhaustive', seed: 1, limits: {} },
      clocked: { startedAt: new Date(0), durationMs: 0 },
      reproduce: () => text,
    },
  );

/** Returns the text of a line of Markdown without code and escaped characters. */
const bare = (line: string): string =>
  line.replaceAll(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, '').replaceAll(/\\[!-/:-@[-`{-~]/g, '');

describe('strings that a reader would act on', () => {
  test('are strings of a JSON that says what they were, and nothing more', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = jsonText({ [text]: [text] });
        expectLinesOf(json);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
        expect(claimEntry(resultOf(text), text).says).toBe(text);
      }),
    );
  });

  test('are text in Markdown: as many lines, no markup, no table cell, no code that ends', () => {
    const plain = markdownText(reportOf('plain')).split('\n');
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = markdownText(reportOf(text));
        expectLinesOf(markdown);
        const lines = markdown.split('\n');
        expect(lines).toHaveLength(plain.length);
        lines.forEach((line, at) => {
          const like = plain[at] ?? '';
          if (like.startsWith('|'))
            expect(bare(line).match(/\|/g)).toHaveLength(like.match(/\|/g)?.length ?? 0);
          if (!/^```|->>|participant/.test(like)) expect(bare(line)).not.toMatch(/[<>`~]/);
        });
        expect(lines.filter((line) => /^ {0,3}```/.test(line))).toHaveLength(2);
      }),
    );
  });

  test('are names and messages in Mermaid: no statement, comment, directive or markup', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = mermaidOf(attackOf(text)).split('\n');
        expectLinesOf(lines.join('\n'));
        expect(lines[0]).toBe('sequenceDiagram');
        for (const line of lines.slice(1)) {
          expect(line).toMatch(/^ {2}(participant p\d as |p\d->>p\d: 1\. )/);
          const words = line.replace(/^ +(participant p\d as |p\d->>p\d: )/, '');
          expect(words.replaceAll(/#\d+;/g, '')).not.toMatch(/[#;<>%{}&`]/);
        }
      }),
    );
  });

  test('are text in SVG', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const study: Study = {
          id: text,
          says: text,
          unit: text,
          upper: 2,
          populations: [
            {
              id: text,
              says: text,
              source: text,
              draw: () => 1,
              outside: { bound: 'atMost', perMillion: 1 },
            },
          ],
        };
        const svg = studySvg(runStudy(study, { runs: 3, seed: 1, confidence: 0.95, error: 0.01 }));
        expectLinesOf(svg);
        const elements = new Set([...svg.matchAll(/<\/?([^\s>/]*)/g)].map(([, name]) => name));
        expect(elements).toEqual(new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'g', 'line']));
        expect(svg.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
        expect((svg.match(/"/g)?.length ?? 0) % 2).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
