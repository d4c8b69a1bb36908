import { z } from "zod";

/** The schema of one kind of event, with its sentence for the documentation. */
export function eventKind<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return z.object(shape).readonly().describe(description);
}
