// Fails in CI if a session ever passed the gate without an approval. Run: node examples/audit-gate.mjs SESSION...
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPhase, phases } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import { parseHistory } from "@samocode/core/store";

const behindGate = new Set(phases.slice(phases.indexOf("implementation")));
for (const folder of process.argv.slice(2)) {
  const { records, problems } = parseHistory(
    readFileSync(join(folder, "_signal_history.jsonl"), "utf8"),
  );
  const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
  let approvedBy = "";
  for (const { seq, event = "", by = "somebody", to = "", memory } of records) {
    const [group, phase = ""] = to.split(".");
    const isBehind = isPhase(phase) && behindGate.has(phase);
    // A human who resumes a session in a phase behind the gate has decided as well. An edit of the overview does not count.
    if (event === "approve" || event === "resume") approvedBy = by;
    else approvedBy = memory?.approval?.by ?? approvedBy;
    if (group === "working" && !isBehind) approvedBy = "";
    if (group === "working" && isBehind && approvedBy === "") {
      faults.push(`record ${seq}: ${printableText(event, 80)} led to ${to} without an approval`);
    }
  }
  console.log(
    `${folder}: ${faults.length === 0 ? `ok, approved by ${approvedBy || "no one yet"}` : faults.join("\n  ")}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
