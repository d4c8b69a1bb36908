export { cleanEnvironment, type CleanEnvironmentOptions } from "./clean-environment.ts";
export { startCli, type CliRun, type CliRunOptions } from "./cli-run.ts";
export { createTempFolder, type TempFolder } from "./temp-folder.ts";
export { createTempProject, type TempProject, type TempProjectOptions } from "./temp-project.ts";
export type { CallFacts, Scenario, ScenarioModule, Step } from "./scenario.ts";
export type { StandInCall } from "./stand-in-journal.ts";
export { createStandIn, type StandIn, type StandInOptions } from "./stand-in.ts";
