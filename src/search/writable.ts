/**
 * A part of a search, as the one file that declares it may write it. Everybody else has the part itself,
 * whose fields are readonly: whoever wants to change a part calls a function of its file.
 */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
