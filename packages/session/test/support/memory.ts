import type { HistoryRecord } from "@samocode/core/store";

type Memory = NonNullable<HistoryRecord["memory"]>;

/** What a record remembers of a session that has done nothing yet, but for these facts. */
export function createMemory(facts: Partial<Memory> = {}): Memory {
  return {
    phase: "investigation",
    iteration: 0,
    counts: {
      investigation: 0,
      planning: 0,
      implementation: 0,
      testing: 0,
      quality: 0,
      done: 0,
    },
    rework: 0,
    failures: 0,
    costUsd: 0,
    notes: [],
    ...facts,
  };
}
