import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createMcpServer } from "../mcp/mcp-server.ts";
import { exitCodes } from "../terminal/exit-code.ts";

/** Speaks MCP on stdin and stdout until the client goes. */
export function serveMcp(flags: { readonly config?: string }): number {
  serveStdio(() => createMcpServer(flags), {
    onerror: (error) => process.stderr.write(`samocode-run: ${error.message}\n`),
  });
  return exitCodes.done;
}
