import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createMcpServer } from "../mcp/mcp-server.ts";
import { exitCodes } from "@samocode/session";

/** For a person who types the command. */
const hint =
  "samocode-run: this is an MCP server, waiting for a client on stdin. To add it to Claude Code: claude mcp add samocode -- samocode-run mcp";

/** Speaks MCP on stdin and stdout until the client goes. */
export function serveMcp(flags: { readonly config?: string }): number {
  if (process.stdin.isTTY) process.stderr.write(`${hint}\n`);
  serveStdio(() => createMcpServer(flags), {
    onerror: (error) => process.stderr.write(`samocode-run: ${error.message}\n`),
  });
  return exitCodes.done;
}
