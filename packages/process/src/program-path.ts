import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** The file that a command stands for: looked up on `PATH`, unless it has a separator in it. Nothing if there is none. */
export function findProgram(command: string, env: NodeJS.ProcessEnv): string | undefined {
  const candidates =
    isAbsolute(command) || command.includes("/")
      ? [resolve(command)]
      : (env["PATH"] ?? "").split(delimiter).map((folder) => join(folder || ".", command));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
