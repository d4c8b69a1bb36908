import { z } from "zod";

/** How a tool is told which session is meant. */
export const session = z
  .string()
  .max(400)
  .describe("Name of the session as in `list`; for a new one a short name such as `jwt-login`");
