/** Lines of the Status section that are the runner's. */
export const runnersFields = [
  "Phase",
  "Blocked",
  "Waiting For",
  "Reason",
  "Needs",
  "Iteration",
  "Total Iterations",
  "Quality Iteration",
  "Cost",
];

/** Lines of the Status section that are the agent's. */
export const agentsFields = ["Last Action", "Next"];
