import type { CommandName } from "@samocode/session";

/** What a command does. */
interface CommandText {
  /** One imperative line, for the list of all commands. */
  readonly summary: string;
  /** For its own help. */
  readonly description: string;
}

/** The commands that people see, in words. `help` is commander's own. */
export const commandTexts: Readonly<
  Record<Exclude<CommandName, "complete" | "help">, CommandText>
> = {
  run: {
    summary: "start a session or continue it (the word `run` may be left out)",
    description:
      "Starts a session for a task, or continues one, until it is done or needs you. At a terminal it asks you its questions and shows you the plan; elsewhere it ends with exit code 3 and the command to type next. Without a name, a new session is named after its task.",
  },
  answer: {
    summary: "answer the questions of a session",
    description:
      'Answers open questions: Q1=A chooses option A, Q2="free text" answers in your own words. Without answers, at a terminal, it asks one question after the other. The first answer to a question counts.',
  },
  approve: {
    summary: "approve the plan of a session",
    description:
      "Approves the plan of a session as it is now, so that it may be implemented. A plan that changes before that needs a new approval.",
  },
  reject: {
    summary: "reject the plan of a session",
    description: "Sends the plan of a session back to planning, with your feedback.",
  },
  resume: {
    summary: "let a waiting or blocked session continue",
    description:
      "Lets a session continue that is blocked, or that waits for a file or for something that you do. It needs no run: the next one starts from there.",
  },
  stop: {
    summary: "stop the run of a session after this iteration",
    description:
      "Asks the run of a session to stop when this iteration ends; with --now it is stopped at once, as with ^C in its terminal. Nothing is lost: the next run continues.",
  },
  status: {
    summary: "show where a session is and what it waits for",
    description:
      "Shows where a session is, what it waits for and the command to type next; of a finished one its branch, its worktree and the size of the change. Without a name it is `list`.",
  },
  list: {
    summary: "list sessions with their state, cost and age",
    description:
      "Lists all sessions, one per line: first those that need you, then those at work, those ready to continue, and those that are done.",
  },
  show: {
    summary: "show the whole history of a session",
    description:
      "Shows the task of a session, its phases with time and cost, everything that happened, the files that agents wrote, and the commits.",
  },
  logs: {
    summary: "show agent output",
    description:
      "Shows what the agent of a session said and did in its newest iteration, or in another one.",
  },
  watch: {
    summary: "follow a running session from another terminal",
    description:
      "Shows the progress of a run that was started elsewhere, until the session comes to rest.",
  },
  inspect: {
    summary: "open the web UI",
    description:
      "Serves a page on 127.0.0.1 with the statechart, the timeline and the agent's stream, live, on which you can also decide. Runs until ^C; its link is the only line on stdout.",
  },
  graph: {
    summary: "print the statechart",
    description:
      "Prints the statechart on stdout; with a session, where it is and has been. At a terminal it is a short text unless --format says otherwise.",
  },
  init: {
    summary: "write a `.samocode` for this repository",
    description:
      "Writes a `.samocode` for the repository that you are in, makes the two folders beside it, and proposes a TEST_COMMAND.",
  },
  doctor: {
    summary: "check that everything a session needs is installed and configured",
    description:
      "Checks that everything a session needs is installed and configured, and says what to do about what is not. It asks no model and costs nothing.",
  },
  archive: {
    summary: "archive a session (its branch is kept)",
    description:
      "Moves the folder of a session to SESSIONS/_archive and removes its worktree. The branch and its commits are kept, and work that is in no commit is not lost: then nothing is done. `restore` brings the session back, and `list --archived` lists those that are archived.",
  },
  restore: {
    summary: "restore an archived session",
    description:
      "Moves an archived session back and makes its worktree again, from its branch. The next run continues where it was.",
  },
  completion: {
    summary: "print a shell completion script",
    description:
      "Prints a script that makes TAB complete commands, flags, session names and answers. For bash and zsh: source <(samocode-run completion bash). For fish: samocode-run completion fish | source.",
  },
  demo: {
    summary: "run a scripted session end to end (no API key, no network)",
    description:
      "Runs a whole session in about ten seconds, in a temporary repository. What the model answers is scripted; git, tests, gates and files are real.",
  },
  mcp: {
    summary: "serve MCP on stdio, for other agents",
    description:
      "Serves MCP on stdin and stdout, so that another agent can start sessions, follow them and relay your decisions. To let Claude Code start it: claude mcp add samocode -- samocode-run mcp",
  },
};
