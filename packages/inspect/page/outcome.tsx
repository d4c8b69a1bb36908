import type { JSX } from "preact";
import { CommandLine } from "./command-line.tsx";

/** What a finished session has made, and what to do with it: commands to copy, with the words before them. */
export function Outcome({ lines }: { readonly lines: readonly string[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <ul class="outcome">
      {lines.map((line) => {
        const { words, commands } = splitCommands(line);
        return (
          <li key={line}>
            {words}
            {commands.map((command, index) => (
              <span key={command}>
                {index > 0 && " or "}
                <CommandLine text={command} />
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

/** `Then: git push   or: git merge x` has two commands; a line without a command is words alone. */
function splitCommands(line: string): {
  readonly words: string;
  readonly commands: readonly string[];
} {
  const [, words, rest = ""] = /^((?:Review|Then): )(.+)$/.exec(line) ?? [];
  if (words === undefined) return { words: line, commands: [] };
  return { words, commands: rest.split("   or: ") };
}
