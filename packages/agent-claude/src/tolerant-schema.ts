import { z } from "zod";

// Schemas for lines of another program: what is missing or shaped otherwise becomes a plain value,
// so that one odd field never costs the rest of its line.

/** A text, or an empty one. */
export const text = z.string().catch("");

/** A number from 0 on, or 0. */
export const count = z.number().nonnegative().catch(0);

/** A text, or nothing. */
export const maybeText = z.string().optional().catch(undefined);

/** A number from 0 on, or nothing. */
export const maybeCount = z.number().nonnegative().optional().catch(undefined);

/** A list of what fits; what does not fit is left out, and what is no list is an empty one. */
export function listOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  const items = z.array(z.unknown()).catch([]);
  return items.transform((values) =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}
