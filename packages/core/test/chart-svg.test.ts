import { describe, expect, it } from "vitest";
import { outlineLayout } from "../src/chart/chart-layout-outline.ts";
import { wholeLayout } from "../src/chart/chart-layout-whole.ts";
import { chartStyle } from "../src/chart/chart-svg-style.ts";
import { formatSvg } from "../src/chart/chart-svg.ts";

const tagOf = (svg: string, attribute: string, value: string) =>
  svg.split("\n").find((line) => line.includes(`${attribute}="${value}"`)) ?? "";

describe("the picture of the outline", () => {
  it("has every state and every arrow under its name", () => {
    const svg = formatSvg(outlineLayout);
    const states = [...svg.matchAll(/data-state="([^"]*)"/g)].map(([, id]) => id);
    expect(states).toEqual(outlineLayout.states.map(({ id }) => id));
    const edges = [...svg.matchAll(/data-edge="([^"]*)"/g)].map(([, id]) => id);
    expect(edges).toEqual(outlineLayout.arrows.map(({ id }) => id.replace(">", "&#62;")));
  });

  it("marks where the session is, with all that the state is in, and what may follow", () => {
    const svg = formatSvg(outlineLayout, { current: "working.planning", showPossible: true });
    expect(tagOf(svg, "data-state", "working.planning")).toContain('class="state agent current"');
    expect(tagOf(svg, "data-state", "working")).toContain('class="state agent group current"');
    expect(tagOf(svg, "data-state", "working.testing")).toContain('class="state agent"');
    expect(tagOf(svg, "data-edge", "working.planning&#62;working.implementation")).toContain(
      "possible",
    );
    expect(tagOf(svg, "data-edge", "working&#62;waiting")).toContain("possible");
    expect(tagOf(svg, "data-edge", "waiting&#62;working")).not.toContain("possible");
  });

  it("shows of a finished session nothing that may follow, also of what is there in every state", () => {
    const options = { showPossible: true, withStyle: false };
    expect(formatSvg(wholeLayout, { ...options, current: "blocked" })).toContain("row possible");
    expect(formatSvg(wholeLayout, { ...options, current: "finished" })).not.toContain(
      "row possible",
    );
  });

  it("marks where it has been and which way it came", () => {
    const svg = formatSvg(outlineLayout, {
      visited: ["waiting.approval"],
      taken: ["waiting>working"],
    });
    expect(tagOf(svg, "data-state", "waiting.approval")).toContain("visited");
    expect(tagOf(svg, "data-state", "waiting")).toContain("visited");
    expect(tagOf(svg, "data-edge", "waiting&#62;working")).toContain("taken");
  });

  it("centres names and words by themselves, for programs that know no length of a text", () => {
    const svg = formatSvg(outlineLayout, { withStyle: false });
    const planning = tagOf(svg, "data-state", "working.planning");
    expect(planning).toMatch(/<text class="name" x="171\.1" y="\d+" text-anchor="middle"/);
    expect(tagOf(svg, "data-state", "paused")).toMatch(
      /<text class="name" x="536" y="[\d.]+" text/,
    );
    expect(tagOf(svg, "data-state", "paused")).not.toContain("text-anchor");
    expect(tagOf(svg, "data-edge", "working&#62;waiting")).toMatch(
      /<text class="word" x="387\.6" y="\d+" text-anchor="middle"/,
    );
    const rows = formatSvg(wholeLayout).match(/<text class="row"[^>]*>/g) ?? [];
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.join("")).not.toContain("text-anchor");
  });

  it("leaves its style sheet to the page that asks for it", () => {
    expect(formatSvg(outlineLayout)).toContain("<style>");
    expect(formatSvg(outlineLayout, { withStyle: false })).not.toContain("style");
  });

  it("takes no title for markup", () => {
    const svg = formatSvg(outlineLayout, { title: `</title><script>alert("1")</script>` });
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&#60;script&#62;");
  });
});

const colors = (style: string, form: RegExp) =>
  [...style.matchAll(form)].map(([, property, value]) => `${property} ${value}`);

describe("the colours of a picture", () => {
  const [plain = "", block = ""] = chartStyle.split("@supports (fill: var(--chart-ink)) {");

  it("are plain ones for programs that know no custom properties", () => {
    expect(plain.replaceAll(/--[\w-]+: [^;]*;/g, "")).not.toContain("var(");
    expect(plain).toContain(".samocode-chart .canvas { fill: #fbfbfd; }");
    expect(plain).toContain(".samocode-chart .timer > .icon { stroke: #b06a00; }");
    expect(plain).toContain("fill: #ffffff; stroke: #c9cfdd; stroke-width: 1.25;");
  });

  it("are custom properties for browsers, each in the place of its plain colour", () => {
    const property = /(?<=[{;] )(fill|stroke): var\(--chart-([\w-]+)\);/g;
    const color = /(?<=[{;] )(fill|stroke): (#[\da-f]{6});/g;
    expect(colors(block, property).length).toBeGreaterThan(25);
    expect(colors(block, property)).toHaveLength(colors(plain, color).length);
    const lights = [...plain.matchAll(/(--chart-[\w-]+): (#[\da-f]{6});/g)];
    const light = (name: string) => lights.find(([, each]) => each === `--chart-${name}`)?.[2];
    const expected = colors(block, property).map((each) => {
      const [what = "", name = ""] = each.split(" ");
      return `${what} ${light(name) ?? ""}`;
    });
    expect(colors(plain, color)).toEqual(expected);
  });
});
