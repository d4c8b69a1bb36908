import type { ChartView } from "../src/chart-view.ts";
import type { DecisionReply, DecisionRequest } from "../src/decision-request.ts";
import type { DocumentView } from "../src/document-view.ts";
import type { LogLine } from "../src/log-line.ts";
import type { Simulation } from "../src/simulation.ts";

/** A decision, as the server takes it. */
export type Decision = DecisionRequest["decision"];

/** What the server said instead of an answer. */
class AskError extends Error {
  override readonly name = "AskError";
}

export function askChart(): Promise<ChartView> {
  return ask("/api/chart");
}

export function askDocument(session: string, name: string): Promise<DocumentView> {
  return ask("/api/document", { session, name });
}

export function askLog(
  session: string,
  log: string,
): Promise<{ readonly lines: readonly LogLine[] }> {
  return ask("/api/log", { session, log });
}

export function askSimulation(path: readonly string[], verifies: boolean): Promise<Simulation> {
  return ask("/api/simulation", { path: path.join(","), verifies: verifies ? "yes" : "no" });
}

/** Hands in a decision. A refused one is a reply, too: it says why. */
export async function sendDecision(session: string, decision: Decision): Promise<DecisionReply> {
  const response = await fetch("/api/decision", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ session, decision }),
  }).catch(() => undefined);
  if (response === undefined) throw new AskError("The server cannot be reached. Nothing was sent.");
  const reply = (await response.json()) as DecisionReply;
  if (response.ok || response.status === 409) return reply;
  throw new AskError(reply.message);
}

async function ask<Answer>(path: string, query: Readonly<Record<string, string>> = {}) {
  const search = new URLSearchParams(query).toString();
  const response = await fetch(search === "" ? path : `${path}?${search}`).catch(() => undefined);
  if (response === undefined) throw new AskError("The server cannot be reached.");
  const value: unknown = await response.json();
  if (response.ok) return value as Answer;
  throw new AskError((value as { readonly message: string }).message);
}
