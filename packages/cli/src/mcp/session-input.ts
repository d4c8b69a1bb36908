import { z } from "zod";

/** How a tool is told which session is meant. */
export const session = z
  .string()
  .max(400)
  .describe(
    "The name of the session, as `list` spells it; for a new one a short name, as `jwt-login`",
  );
