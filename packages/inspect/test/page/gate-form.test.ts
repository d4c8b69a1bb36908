import { h } from "preact";
import { expect, it } from "vitest";
import { GateForm, type GateFormProps } from "../../page/gate-form.tsx";
import { openPageDom, stubServer } from "../support/page-dom.ts";

const plan = { file: "01-plan.md", hash: "0123456789abcdef", others: [] };
const newer = { ...plan, hash: "fedcba9876543210" };

async function openGate(props: Partial<GateFormProps> = {}) {
  const dom = openPageDom();
  const decided: unknown[] = [];
  const asked = stubServer((url) => ({ name: "x", text: url, isCut: false }));
  const show = (change: Partial<GateFormProps> = {}) =>
    dom.show(
      h(GateForm, {
        session: "login",
        plan,
        files: [{ name: plan.file, bytes: 10, changedAt: 1 }],
        isBusy: false,
        onDecide: (decision) => void decided.push(decision),
        onName: () => {},
        ...props,
        ...change,
      }),
    );
  show();
  await dom.settle();
  return { ...dom, show, decided, asked };
}

it("shows the plan, and approves it as it was shown", async () => {
  const gate = await openGate();
  expect(gate.texts(".plan .file")).toEqual(["01-plan.md 0123456789ab"]);
  expect(gate.texts(".reader")).toEqual(["/api/document?session=login&name=01-plan.md"]);
  expect(gate.has(".warning")).toBe(false);
  expect(gate.buttons()).toEqual(["Approve", "Reject…"]);
  await gate.press("Approve");
  await gate.type("input", " \t");
  await gate.press("Approve");
  await gate.type("input", " mind the clock ");
  await gate.press("Approve");
  expect(gate.decided).toEqual([
    { type: "approve", planHash: plan.hash },
    { type: "approve", planHash: plan.hash },
    { type: "approve", planHash: plan.hash, note: "mind the clock" },
  ]);
});

it("shows all files of a plan", async () => {
  const gate = await openGate({ plan: { ...plan, others: ["00-plan.md", "0-plan.md"] } });
  expect(gate.texts(".plan .file").slice(1)).toEqual([
    "00-plan.md, an older file of the same plan: it is carried out as well",
    "0-plan.md, an older file of the same plan: it is carried out as well",
  ]);
  expect(gate.texts(".reader").map((text) => text.split("name=")[1])).toEqual([
    "01-plan.md",
    "00-plan.md",
    "0-plan.md",
  ]);
});

it("approves no plan that has changed before the new one is shown", async () => {
  const gate = await openGate();
  gate.show({ plan: newer, files: [{ name: plan.file, bytes: 10, changedAt: 2 }] });
  await gate.settle();
  expect(gate.text(".warning")).toBe(
    "The plan has changed since it was opened here. Show the new plan",
  );
  expect(gate.text(".hash")).toBe("0123456789ab");
  expect(gate.asked).toHaveLength(1);
  expect(gate.buttons()).toEqual(["Show the new plan", "(Approve)", "Reject…"]);
  await gate.press("Show the new plan");
  expect(gate.text(".hash")).toBe("fedcba987654");
  expect(gate.asked).toHaveLength(2);
  expect(gate.has(".warning")).toBe(false);
  await gate.press("Approve");
  expect(gate.decided).toEqual([{ type: "approve", planHash: newer.hash }]);
});

it("says that there is no plan, and approves that as such", async () => {
  const gate = await openGate({ plan: undefined });
  expect(gate.text(".nothing")).toBe("There is no plan file.");
  expect(gate.has(".plan")).toBe(false);
  await gate.press("Approve");
  expect(gate.decided).toEqual([{ type: "approve" }]);
  gate.show({ plan });
  expect(gate.has(".warning")).toBe(true);
});

it("rejects with feedback, which it asks for in a box that has the focus", async () => {
  const gate = await openGate();
  await gate.press("Reject…");
  expect(document.activeElement).toBe(gate.find("textarea"));
  expect(gate.text("label")).toBe("What should change?");
  expect(gate.buttons()).toEqual(["(Reject with this feedback)", "Back"]);
  await gate.type("textarea", "  \n");
  expect(gate.buttons()).toEqual(["(Reject with this feedback)", "Back"]);
  await gate.type("textarea", " no cookies\n");
  await gate.press("Reject with this feedback");
  expect(gate.decided).toEqual([{ type: "reject", feedback: "no cookies" }]);
  await gate.press("Back");
  expect(gate.buttons()).toEqual(["Approve", "Reject…"]);
  await gate.press("Reject…");
  expect((gate.find("textarea") as HTMLTextAreaElement).value).toBe("");
});

it("does not take the focus again while a person is elsewhere on the page", async () => {
  const gate = await openGate();
  await gate.press("Reject…");
  gate.find("textarea").blur();
  gate.show({ files: [] });
  expect(document.activeElement).toBe(document.body);
});

it("takes no second decision while one is under way", async () => {
  const gate = await openGate({ isBusy: true });
  expect(gate.buttons()).toEqual(["(Approve)", "(Reject…)"]);
  gate.show({ isBusy: false });
  await gate.press("Reject…");
  await gate.type("textarea", "no");
  gate.show({ isBusy: true });
  expect(gate.buttons()).toEqual(["(Reject with this feedback)", "Back"]);
});

it("keeps the page from loading again, whichever way it is decided", async () => {
  const gate = await openGate();
  const sent: Event[] = [];
  document.addEventListener("submit", (event) => sent.push(event));
  await gate.send("form", "submit");
  await gate.press("Reject…");
  await gate.send("form", "submit");
  expect(sent.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true]);
});
