import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { runIdVariable } from "../claude/agent-environment.ts";
import { createMcpServer } from "../mcp/mcp-server.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { UsageError } from "../terminal/report-error.ts";

/** Speaks MCP on stdin and stdout until the client goes. */
export function serveMcp(flags: { readonly config?: string }): number {
  if (process.env[runIdVariable] !== undefined) {
    throw new UsageError(
      `cannot serve an agent of a session (${runIdVariable} is set): it must not decide for a person`,
    );
  }
  serveStdio(() => createMcpServer(flags), {
    onerror: (error) => process.stderr.write(`samocode-run: ${error.message}\n`),
  });
  return exitCodes.done;
}
