/** A text, what is put into it, and the problem that must be found. */
export type Mutation = readonly [path: string, from: string | RegExp, to: string, problem: string];

/** Where a text ends: what is put there is a line more. */
export const end = /(?![^])/;
