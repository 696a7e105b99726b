import type { Attack, AttackStep } from '../attack/attack.ts';
import { shown } from '../model/shown.ts';

// Semicolons end a statement, number signs begin an entity, percent signs a comment or, with braces, a
// directive; markup would be shown as markup.
const escaped = (text: string): string =>
  shown(text)
    .replaceAll(/[#;<>%{}&`]/g, (character) => `#${character.codePointAt(0)};`)
    .replaceAll(/ +/g, ' ');

/**
 * Returns the target of a step: the part of the state that it changes most, bookkeeping aside, if that is not
 * the actor itself.
 */
export const targetOf = (step: AttackStep): string => {
  const changes = new Map<string, number>();
  for (const { field, hidden } of step.changes) {
    if (hidden === true) continue;
    const [part = field] = field.split('.');
    if (part !== step.actor) changes.set(part, (changes.get(part) ?? 0) + 1);
  }
  return [...changes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? step.actor;
};

/** Writes the arrows of an attack, with a frame around those that repeat. */
const framed = ({ onward }: Attack, arrows: readonly string[]): readonly string[] =>
  onward?.loopFrom === undefined
    ? arrows
    : [
        ...arrows.slice(0, onward.loopFrom),
        '  loop for ever',
        ...arrows.slice(onward.loopFrom).map((arrow) => `  ${arrow}`),
        '  end',
      ];

/**
 * Writes an attack as the text of a Mermaid sequence diagram: actors, and the parts of the state they change.
 */
export const mermaidOf = (attack: Attack): string => {
  const arrows = attack.steps.map((step) => ({ from: step.actor, to: targetOf(step), text: step.text }));
  const names = [...new Set([...arrows.map(({ from }) => from), ...arrows.map(({ to }) => to)])];
  const alias = (name: string): string => `p${names.indexOf(name)}`;
  return [
    'sequenceDiagram',
    ...names.map((name) => `  participant ${alias(name)} as ${escaped(name)}`),
    ...framed(
      attack,
      arrows.map(
        ({ from, to, text }, index) => `  ${alias(from)}->>${alias(to)}: ${index + 1}. ${escaped(text)}`,
      ),
    ),
  ].join('\n');
};
