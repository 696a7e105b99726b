import { NotPlain } from './not-plain.ts';

let wasSeen = false;

/**
 * Notes that some state has a field of the name `__proto__`, as `JSON.parse` makes it. It is a field like any
 * other, but for assignments.
 */
export const noteProtoKey = (): void => {
  wasSeen = true;
};

/** Reports an assignment to `__proto__`: immer takes it for one to the prototype, and drops it silently. */
export const assignedToProto = (path: readonly string[]): NotPlain =>
  new NotPlain(
    {
      got: 'an assignment to __proto__',
      likely: 'a field of that name, which JavaScript takes for the prototype',
      next: 'use another name for the field',
    },
    path,
  );

interface Accessor {
  readonly set?: (this: void, value: unknown) => void;
}

/** Runs user code. An assignment to a field of the name `__proto__` throws NotPlain meanwhile. */
export const withoutProtoWrites = <T>(run: () => T): T => {
  if (!wasSeen) return run();
  const { prototype } = Object;
  const own: Accessor = Object.getOwnPropertyDescriptor(prototype, '__proto__')!;
  const { set: assign } = own;
  function set(this: object, value: unknown): void {
    if (Object.hasOwn(this, '__proto__')) throw assignedToProto(['__proto__']);
    Reflect.apply(assign!, this, [value]);
  }
  Object.defineProperty(prototype, '__proto__', { ...own, set });
  try {
    return run();
  } finally {
    Object.defineProperty(prototype, '__proto__', own);
  }
};
