import { h } from "preact";
import { expect, it } from "vitest";
import { ResumeForm } from "../../page/resume-form.tsx";
import { openPageDom } from "../support/page-dom.ts";

function openForm(isBusy = false) {
  const dom = openPageDom();
  const decided: unknown[] = [];
  dom.show(
    h(ResumeForm, {
      label: "Resume",
      phase: "planning",
      phases: ["investigation", "planning", "testing"],
      isBusy,
      onDecide: (decision) => void decided.push(decision),
    }),
  );
  return { ...dom, decided };
}

it("lets a session go on in its phase, without a word", async () => {
  const form = openForm();
  expect(form.texts("option")).toEqual(["planning", "investigation", "testing"]);
  expect(form.text()).toBe("in planninginvestigationtesting Resume".replace(" Resume", "Resume"));
  await form.press("Resume");
  expect(form.decided).toEqual([{ type: "resume" }]);
});

it("lets it go on in another phase, with a word for the next agent", async () => {
  const form = openForm();
  await form.type("input", "  mind the clock ");
  await form.choose("select", "testing");
  await form.press("Resume");
  await form.choose("select", "");
  await form.type("input", "   ");
  await form.press("Resume");
  expect(form.decided).toEqual([
    { type: "resume", phase: "testing", note: "mind the clock" },
    { type: "resume" },
  ]);
});

it("waits while a decision is under way, and never loads the page again", async () => {
  const form = openForm(true);
  expect(form.buttons()).toEqual(["(Resume)"]);
  const sent: Event[] = [];
  document.addEventListener("submit", (event) => sent.push(event));
  await form.send("form", "submit");
  expect(sent[0]?.defaultPrevented).toBe(true);
});
