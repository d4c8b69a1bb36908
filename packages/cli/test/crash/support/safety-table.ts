import type { KillSight } from "./kill-point.ts";

/** What the runner is at when it makes a call; the first that fits. */
const deeds: readonly (readonly [RegExp, string])[] = [
  [/\.lock/, "takes or gives back a lock"],
  [/^spawn git .*worktree add/, "has git make the worktree"],
  [/^spawn git/, "asks git"],
  [/^spawn \S+ --version$/, "asks the CLI for its version"],
  [/^spawn \/bin\/sh/, "starts the tests"],
  [/-tests\.txt/, "opens the log of the tests"],
  [/^spawn/, "starts the agent"],
  [/_overview\.md\.\d+\.draft/, "drafts the overview"],
  [/_signal_history\.jsonl/, "appends the record"],
  [/renameSync \S*_overview\.md$/, "puts the overview in place"],
  [/_qa\.md/, "drafts the answers and puts them in place"],
  [/_signal\.json/, "takes the old signal away"],
  [/_late/, "keeps a late signal aside"],
  [/\.agent\.json/, "writes down which process the agent is"],
  [/\.prompt\.md/, "writes the prompt"],
  [/\.jsonl$|\.stderr\.txt$/, "opens the log of the agent"],
  [/^fsyncSync/, "waits until the disk knows a new name"],
  [/^mkdirSync/, "makes a folder"],
];

function deedOf(name: string): string {
  return deeds.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

function formatFacts(facts: ReadonlySet<string>): string {
  return [...facts].toSorted().join("; ") || "nothing out of the ordinary";
}

/** The kill points by what the runner was at, what they left, and what the next run made of it. */
export function formatSafetyTable(sights: readonly KillSight[]): string {
  const rows = new Map<string, { disk: Set<string>; next: Set<string> }>();
  for (const { point, disk, next } of sights) {
    const { name } = point.call;
    const how = { before: "", after: ", and it is done", half: ", and half of it is written" }[
      point.mode
    ];
    const row = rows.get(`${deedOf(name)}${how}`) ?? { disk: new Set(), next: new Set() };
    for (const fact of disk) row.disk.add(fact);
    row.next.add(next);
    rows.set(`${deedOf(name)}${how}`, row);
  }
  const order = deeds.map(([, deed]) => deed);
  const rank = (deed: string): number => order.findIndex((start) => deed.startsWith(start));
  return [
    "| killed while it | can be left on the disk | what the next run does first |",
    "| --- | --- | --- |",
    ...[...rows]
      .toSorted(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other))
      .map(([deed, { disk, next }]) => `| ${deed} | ${formatFacts(disk)} | ${formatFacts(next)} |`),
  ].join("\n");
}
