import { CELLS, SLOTS, type Change } from './sample.ts';

/** Recipes that ask something of all elements of an array. */
export const askingAll: readonly Change[] = [
  ['some', (d) => void (d.flag = d.cells.some(({ on }) => on)), CELLS, 'flag'],
  [
    'every, after one was written',
    (d) => {
      d.cells[0]!.on = true;
      d.box.left = d.cells.every(({ on }) => on) ? 1 : 2;
    },
    'cells.1.on',
    'box.left cells.0.on',
  ],
  [
    'find, and change it',
    (d) => {
      const found = d.cells.find(({ on }) => on);
      if (found !== undefined) found.on = false;
    },
    CELLS,
    'cells.1.on',
  ],
  ['how many pass', (d) => void (d.slots[0] = d.cells.filter(({ on }) => on).length), CELLS, 'slots.0'],
  [
    'every one that passes',
    (d) => d.cells.filter(({ on }) => on).forEach((cell) => (cell.on = false)),
    CELLS,
    'cells.1.on',
  ],
  [
    'a test that changes something',
    (d) => {
      d.flag = d.cells.some((cell) => {
        cell.on = !cell.on;
        return cell.on;
      });
    },
    'cells.0.on',
    'flag cells.0.on',
  ],
  [
    'a test of what is around it',
    (d) => void (d.flag = d.slots.some((slot) => slot === d.box.left)),
    'slots.0 box.left slots.1',
    'flag',
  ],
  [
    'elements that changed places',
    (d) => {
      d.cells.reverse();
      d.flag = d.cells.some(({ on }, index) => on && index === 1);
    },
    'cells.1.on cells.0.on',
    `flag ${CELLS}`,
  ],
];

/** Recipes that change all of them, each by what it is itself. */
export const changingAll: readonly Change[] = [
  [
    'by what is around it',
    (d) =>
      d.cells.forEach((cell) => {
        if (d.flag) cell.on = false;
      }),
    'flag',
    CELLS,
  ],
  [
    'after one was written, and another thing after it',
    (d) => {
      d.cells[1]!.on = true;
      d.cells.forEach((cell, index) => {
        if (cell.on) cell.on = index === 1;
      });
      d.box.right += 1;
    },
    'cells.0.on box.right',
    'box.right cells.1.on',
  ],
  [
    'what was changed is looked at',
    (d) => {
      d.cells.forEach((cell) => (cell.on = !cell.on));
      d.flag = d.cells[0]!.on;
    },
    CELLS,
    `flag ${CELLS}`,
  ],
  [
    'what was changed is written again',
    (d) => {
      d.cells.forEach((cell) => (cell.on = !cell.on));
      d.cells[0]!.on = true;
    },
    CELLS,
    CELLS,
  ],
  [
    'changed twice',
    (d) => {
      d.cells.forEach((cell) => (cell.on = !cell.on));
      d.cells.forEach((cell) => (cell.on = !cell.on));
    },
    CELLS,
    CELLS,
  ],
  [
    'a sum on the side',
    (d) =>
      d.cells.forEach((cell) => {
        if (cell.on) d.box.left += 1;
      }),
    `${CELLS} box.left`,
    'box.left',
  ],
  [
    'changed, then moved',
    (d) => {
      d.cells.forEach((cell) => (cell.on = !cell.on));
      d.cells.reverse();
    },
    CELLS,
    CELLS,
  ],
  [
    'moved, then changed',
    (d) => {
      d.cells.reverse();
      d.cells.forEach((cell) => (cell.on = !cell.on));
    },
    'cells.1.on cells.0.on',
    CELLS,
  ],
  [
    'elements that are values, put back one by one',
    (d) =>
      d.slots.forEach((slot, index, all) => {
        all[index] = slot === null ? 0 : 1;
      }),
    SLOTS,
    SLOTS,
  ],
];
