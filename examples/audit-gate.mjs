// Fails in CI if a session ever passed the gate without an approval. Run: node examples/audit-gate.mjs SESSION...
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPhase, phases } from "@samocode/core";
import { parseHistory } from "@samocode/core/store";

const behindGate = new Set(phases.slice(phases.indexOf("implementation")));
for (const folder of process.argv.slice(2)) {
  const { records, problems } = parseHistory(
    readFileSync(join(folder, "_signal_history.jsonl"), "utf8"),
  );
  const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
  let approvedBy = "";
  for (const { seq, event = "", by = "somebody", to = "", memory } of records) {
    if (event === "approve") approvedBy = by;
    if (memory?.approval) approvedBy ||= memory.approval.by;
    // An edited overview or a `resume` past the gate is a human's word as well.
    if (event === "edit" || event === "resume") approvedBy ||= by;
    const [, phase = ""] = to.split(".");
    if (to.startsWith("working.") && isPhase(phase) && behindGate.has(phase) && approvedBy === "") {
      faults.push(`record ${seq}: ${event} led to ${to} without an approval`);
    }
  }
  console.log(
    `${folder}: ${faults.length === 0 ? `ok, approved by ${approvedBy || "no one yet"}` : faults.join("\n  ")}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
