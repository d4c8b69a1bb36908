import { Command, Option } from "commander";
import { settingRows } from "./settings.ts";
import { version } from "./version.ts";

/** Called with the exit code of a command that has ended. */
export type SetExitCode = (code: number) => void;

const examples = `
Examples:
  samocode-run demo                                  see a whole session in ten seconds, no account needed
  samocode-run login --task "Add JWT login"          start a session, or go on with it
  samocode-run status login                          where it is and what it waits for
  samocode-run answer login Q1=A Q2="a week"         answer its questions
  samocode-run approve login                         open the gate: the plan may be carried out

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 waits for a person, 4 blocked, 5 held by another run,
130/143 interrupted.
`;

/** Makes the command line: what can be typed, and which command it calls. Each command is loaded when called. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command("samocode-run")
    .description("Takes a coding task from investigation to done by driving the Claude CLI.")
    .version(version())
    .showHelpAfterError("(samocode-run --help shows what can be typed)")
    .addHelpText("after", examples)
    .exitOverride()
    .enablePositionalOptions();

  addRun(program, setExitCode);
  addDecisions(program, setExitCode);
  program
    .command("status")
    .summary("where a session is and what it waits for")
    .argument("[session]", "name or folder; without it, all sessions")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (session: string | undefined, flags) => {
      const { showStatus } = await import("./commands/status.ts");
      setExitCode(await showStatus(session, flags));
    });
  program
    .command("list")
    .summary("where all sessions are")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (flags) => {
      const { showStatus } = await import("./commands/status.ts");
      setExitCode(await showStatus(undefined, flags));
    });
  program
    .command("init")
    .summary("write a `.samocode` for the repository that you are in")
    .action(async () => {
      const { init } = await import("./commands/init.ts");
      setExitCode(await init());
    });
  program
    .command("demo")
    .summary("a whole session in about ten seconds: no key, no account, no network")
    .option("--claude-path <path>", "the Claude CLI to use, if not the one on PATH")
    .action(async (flags) => {
      const { runDemo } = await import("./commands/demo.ts");
      setExitCode(await runDemo(flags));
    });
  return program;
}

function addRun(program: Command, setExitCode: SetExitCode): void {
  const run = program
    .command("run", { isDefault: true })
    .summary("start a session or go on with it (the word `run` may be left out)")
    .argument("<session>", "name of the session, its folder, or a path that ends in its name")
    .option("--task <text>", "what is to be done; needed for a new session")
    .option("--dive <text>", "what to look into first")
    .option("--config <path>", "the `.samocode` file")
    .option("--auto-approve", "open the plan gate without a person; it is recorded as such", false)
    .option("--accept-suggestions", "answer questions with their suggestions", false)
    .addOption(new Option("--wait", "stay while a person is needed, and go on by itself"))
    .addOption(new Option("--no-wait", "end with exit code 3 when a person is needed"))
    .option("--json", "one JSON event a line on stdout", false)
    .option("--quiet", "no progress", false);
  for (const { flag, variable, standard, doc } of Object.values(settingRows)) {
    if (flag === undefined) continue;
    const note = standard === undefined ? variable : `${variable}, default ${standard}`;
    run.option(`${flag} <value>`, `${doc} (${note})`);
  }
  run.action(async (session: string, flags) => {
    const { run: runCommand } = await import("./commands/run.ts");
    setExitCode(await runCommand(session, flags));
  });
}

function addDecisions(program: Command, setExitCode: SetExitCode): void {
  const decision = (name: string, summary: string): Command =>
    program
      .command(name)
      .summary(summary)
      .argument("<session>", "name of the session or its folder")
      .option("--config <path>", "the `.samocode` file")
      .option("--json", "one JSON document on stdout", false);

  decision("answer", "answer the questions of a session")
    .argument("[answers...]", 'Q1=A or Q2="free text"')
    .option("--suggestions", "take the suggestion of every open question", false)
    .action(async (session: string, answers: string[], flags) => {
      const { answer } = await import("./commands/answer.ts");
      setExitCode(await answer(session, answers, flags));
    });
  decision("approve", "approve the plan of a session")
    .option("--note <text>", "what the next agent is told")
    .action(async (session: string, flags) => {
      const { approve } = await import("./commands/decide.ts");
      setExitCode(await approve(session, flags));
    });
  decision("reject", "reject the plan of a session")
    .requiredOption("--feedback <text>", "what is to be different")
    .action(async (session: string, flags) => {
      const { reject } = await import("./commands/decide.ts");
      setExitCode(await reject(session, flags));
    });
  decision("resume", "let a waiting or blocked session go on")
    .option("--phase <phase>", "go on in this phase")
    .option("--note <text>", "what the next agent is told")
    .action(async (session: string, flags) => {
      const { resume } = await import("./commands/decide.ts");
      setExitCode(await resume(session, flags));
    });
}
