/**
 * A part of a search that the one file which declares it may write. Everybody else has the part itself, whose
 * fields are readonly: to change a part, call a function of its file.
 */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
