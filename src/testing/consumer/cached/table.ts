/** How many digits turn. */
export const count = 6;

/** What no text of a function of the model shows. */
export const turn = 1;
