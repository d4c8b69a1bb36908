import type { z } from "zod";
import type { News } from "./news.ts";
import type { SessionFlags } from "../config/open-session.ts";

/** What a tool is called with beside its input. */
interface Call {
  /** What the server was started with. */
  readonly flags: SessionFlags;
  /** Whose word this is, as records name it. */
  readonly by: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly cancel: AbortSignal;
  /** Tells the client what goes on while it waits, if it wants to know. */
  readonly progress: (message: string) => void;
  readonly news: News;
}

/** What a parent agent can do with a session: a command, called through MCP. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  /** The same as that of the command. */
  readonly name: string;
  /** What the parent reads before it calls the tool. */
  readonly description: string;
  readonly input: Input;
  /** Whether a call leaves all as it was. @default false */
  readonly looksOnly?: boolean;
  /**
   * Does it, and gives the text that the parent reads.
   *
   * @throws what the command throws; the message becomes an error result.
   */
  act(input: z.infer<Input>, call: Call): Promise<string>;
}

/** A tool, with its input checked against its schema. */
export function createTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool<Input> {
  return tool;
}
