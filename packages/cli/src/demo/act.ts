/** A tool call of the scripted model, with the input that the CLI's own tool takes. */
export type Act =
  | {
      readonly tool: "Bash";
      readonly input: { readonly command: string; readonly description: string };
    }
  | { readonly tool: "Read"; readonly input: { readonly file_path: string } }
  | {
      readonly tool: "Write";
      readonly input: { readonly file_path: string; readonly content: string };
    }
  | {
      readonly tool: "Edit";
      readonly input: {
        readonly file_path: string;
        readonly old_string: string;
        readonly new_string: string;
      };
    };

/** A command, and what it is for. */
export function bash(command: string, description: string): Act {
  return { tool: "Bash", input: { command, description } };
}

/** A look into a file. */
export function read(path: string): Act {
  return { tool: "Read", input: { file_path: path } };
}

/** A new file. */
export function write(path: string, content: string): Act {
  return { tool: "Write", input: { file_path: path, content } };
}

/** A change of a file that was read before in the same iteration. */
export function edit(
  path: string,
  { from, to }: { readonly from: string; readonly to: string },
): Act {
  return { tool: "Edit", input: { file_path: path, old_string: from, new_string: to } };
}
