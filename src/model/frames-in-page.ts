import type { Frame } from './frames.ts';

// In a page the lines of a stack are those of a bundle: no user knows them.

/** No frame: takes the place of what looks for a user's file on a stack. */
export const framesOf = (_error: unknown): readonly Frame[] => [];

/** A frame as text. */
export const placeOf = ({ text }: Frame): string => text;
