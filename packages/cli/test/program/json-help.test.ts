import { expect, it } from "vitest";
import { createProgram } from "../../src/program/program.ts";

it("says which commands print events, and which ones a document", () => {
  const helps = createProgram(() => {}).commands.flatMap((command) =>
    command.options
      .filter(({ long }) => long === "--json")
      .map(({ description }) => ({ name: command.name(), description })),
  );
  const saying = (description: string): readonly string[] =>
    helps.filter((help) => help.description === description).map(({ name }) => name);
  expect(saying("one JSON event per line on stdout")).toEqual(["run", "logs", "watch"]);
  expect(saying("one JSON document on stdout")).toHaveLength(helps.length - 3);
});
