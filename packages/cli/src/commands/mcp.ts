import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createMcpServer } from "../mcp/mcp-server.ts";
import { exitCodes } from "@samocode/session";

/** For a person who types the command. */
const hint =
  "samocode-run: this speaks MCP, and waits for a client to do so. To let Claude Code start it: claude mcp add samocode -- samocode-run mcp";

/** Speaks MCP on stdin and stdout until the client goes. */
export function serveMcp(flags: { readonly config?: string }): number {
  if (process.stdin.isTTY) process.stderr.write(`${hint}\n`);
  serveStdio(() => createMcpServer(flags), {
    onerror: (error) => process.stderr.write(`samocode-run: ${error.message}\n`),
  });
  return exitCodes.done;
}
