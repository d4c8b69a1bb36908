import { z } from "zod";
import { SessionReport } from "./session-report.ts";
import { SessionStory } from "./session-story.ts";

const Artifact = z
  .object({
    file: z.string(),
    title: z.string().exactOptional().describe("its first heading"),
  })
  .readonly();

/** What `show --json` prints: where a session is, and its whole story. */
export const ShowDocument = z.object({
  ...SessionReport.unwrap().shape,
  ...SessionStory.shape,
  branch: z.string().describe("git branch of the session"),
  artifacts: z
    .array(Artifact)
    .readonly()
    .describe("files that agents wrote for people, in the session folder"),
});
export type ShowDocument = z.infer<typeof ShowDocument>;
