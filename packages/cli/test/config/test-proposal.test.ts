import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { proposeTestCommand } from "../../src/config/test-proposal.ts";

const script = (test: string): string => JSON.stringify({ scripts: { test } });

it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ["nothing", {}, undefined],
  ["a script", { "package.json": script("vitest run") }, "npm test"],
  ["a script and pnpm", { "package.json": script("x"), "pnpm-lock.yaml": "" }, "pnpm test"],
  ["a script and yarn", { "package.json": script("x"), "yarn.lock": "" }, "yarn test"],
  ["a script and bun", { "package.json": script("x"), "bun.lock": "" }, "bun run test"],
  ["a script and an old bun", { "package.json": script("x"), "bun.lockb": "" }, "bun run test"],
  [
    "the script of npm init",
    { "package.json": script('echo "Error: no test specified" && exit 1') },
    undefined,
  ],
  ["an empty script", { "package.json": script(" ") }, undefined],
  ["a package without scripts", { "package.json": "{}" }, undefined],
  ["half a package", { "package.json": "{" }, undefined],
  ["a script before a Makefile", { "package.json": script("x"), Makefile: "test:\n" }, "npm test"],
  ["a target", { Makefile: "all:\n\ttrue\ntest: all\n\ttrue\n" }, "make test"],
  ["a target of GNU", { GNUmakefile: "check :\n\ttrue\n" }, "make check"],
  ["both targets", { Makefile: "check:\n\ttrue\ntest:\n\ttrue\n" }, "make test"],
  ["a variable, no target", { Makefile: "test := x\nlatest:\n\ttrue\n" }, undefined],
  ["pytest.ini", { "pytest.ini": "" }, "pytest"],
  ["conftest.py", { "conftest.py": "" }, "pytest"],
  ["pyproject.toml", { "pyproject.toml": "[tool.pytest.ini_options]\n" }, "pytest"],
  ["uv", { "pyproject.toml": "pytest\n", "uv.lock": "" }, "uv run pytest"],
  ["a Python project without tests", { "pyproject.toml": "[project]\n" }, undefined],
  ["tox", { "tox.ini": "[tox]\n" }, "tox"],
  ["tox with pytest", { "tox.ini": "commands = pytest\n" }, "pytest"],
  ["Cargo.toml", { "Cargo.toml": "" }, "cargo test"],
  ["go.mod", { "go.mod": "" }, "go test ./..."],
  ["gradlew", { gradlew: "" }, "./gradlew test"],
  ["mvnw", { mvnw: "", "pom.xml": "" }, "./mvnw test"],
  ["pom.xml", { "pom.xml": "" }, "mvn test"],
  ["mix.exs", { "mix.exs": "" }, "mix test"],
  [".rspec", { ".rspec": "" }, "bundle exec rspec"],
  ["a solution", { "App.sln": "" }, "dotnet test"],
  ["a project of .NET", { "App.csproj": "" }, "dotnet test"],
  ["deno.json", { "deno.json": "{}" }, "deno test"],
  ["deno.jsonc", { "deno.jsonc": "{}" }, "deno test"],
])("from %s", async (_, files, command) => {
  await using folder = await createTempFolder("samocode-tests-");
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder.path, file), text);
  expect(proposeTestCommand(folder.path)).toBe(command);
});

it("is nothing for what cannot be read", async () => {
  await using folder = await createTempFolder("samocode-tests-");
  mkdirSync(join(folder.path, "package.json"));
  mkdirSync(join(folder.path, "Makefile"));
  expect(proposeTestCommand(folder.path)).toBeUndefined();
  expect(proposeTestCommand(join(folder.path, "nowhere"))).toBeUndefined();
});
