import type picocolors from "picocolors";

/** Paints text, or leaves it as it is if there are no colors. */
export type Colors = ReturnType<typeof picocolors.createColors>;
