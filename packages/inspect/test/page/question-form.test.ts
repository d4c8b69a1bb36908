import { h } from "preact";
import { expect, it } from "vitest";
import { QuestionForm, type QuestionFormProps } from "../../page/question-form.tsx";
import { openPageDom } from "../support/page-dom.ts";

const options = [
  { letter: "A", text: "httpOnly cookie" },
  { letter: "B", text: "localStorage" },
];
const asked = { line: 1, id: "Q1", title: "Where do tokens live?", options };
const withSuggestion = { ...asked, suggestion: { letter: "B", text: "B - simple" } };
const open = { line: 2, id: "Q2", title: "Which port?", options: [] };

const chosen = () =>
  [...document.querySelectorAll("input")].map(({ checked }) => (checked ? "x" : "-")).join("");

function openForm(props: Pick<QuestionFormProps, "questions"> & Partial<QuestionFormProps>) {
  const dom = openPageDom();
  const decided: unknown[] = [];
  const show = (change: Partial<QuestionFormProps> = {}) =>
    dom.show(
      h(QuestionForm, {
        needsAll: false,
        isBusy: false,
        onDecide: (decision) => void decided.push(decision),
        ...props,
        ...change,
      }),
    );
  show();
  return { ...dom, decided, show, chosen };
}

it("chooses nothing by itself, and sends nothing before something is chosen", async () => {
  const form = openForm({ questions: [asked] });
  expect(form.text("legend")).toBe("Q1 Where do tokens live?");
  expect(form.texts(".option .text")).toEqual([
    "httpOnly cookie",
    "localStorage",
    "in my own words",
  ]);
  expect(form.texts(".option .letter")).toEqual(["A", "B"]);
  expect(form.chosen()).toBe("---");
  expect(["textarea", ".hint", ".why", ".detail", ".chosen"].filter(form.has)).toEqual([]);
  expect(form.buttons()).toEqual(["(Send 0 of 1 answers)"]);
  await form.send("form", "submit");
  expect(form.decided).toEqual([]);
});

it("chooses what the agent suggests to begin with, and says why", async () => {
  const form = openForm({ questions: [{ ...withSuggestion, detail: "Both work." }] });
  expect(form.chosen()).toBe("-x-");
  expect(form.texts(".option.chosen .text")).toEqual(["localStorage"]);
  expect(form.texts(".option.chosen .hint")).toEqual(["suggested"]);
  expect(form.texts(".hint")).toHaveLength(1);
  expect(form.text(".why")).toBe("Suggestion: B - simple");
  expect(form.text(".detail")).toBe("Both work.");
  expect(form.buttons()).toEqual(["Send the answer"]);
  await form.send("form", "submit");
  expect(form.decided).toEqual([{ type: "answer", answers: [{ id: "Q1", text: "B" }] }]);
});

it("sends what was chosen in the place of the suggestion", async () => {
  const form = openForm({ questions: [withSuggestion] });
  await form.click("label input");
  expect(form.chosen()).toBe("x--");
  await form.press("Send the answer");
  expect(form.decided).toEqual([{ type: "answer", answers: [{ id: "Q1", text: "A" }] }]);
});

it("takes words in the place of an option, with the cursor there, and without spaces around", async () => {
  const form = openForm({ questions: [withSuggestion] });
  await form.click(".option:last-of-type input");
  expect(form.chosen()).toBe("--x");
  expect(form.texts(".option.chosen .text")).toEqual(["in my own words"]);
  expect(document.activeElement).toBe(form.find("textarea"));
  expect(form.find("textarea").getAttribute("aria-label")).toBe("Answer to Q1");
  expect(form.buttons()).toEqual(["(Send 0 of 1 answers)"]);
  await form.type("textarea", "  \n ");
  expect(form.buttons()).toEqual(["(Send 0 of 1 answers)"]);
  await form.type("textarea", " in a vault\n");
  expect(form.chosen()).toBe("--x");
  await form.press("Send the answer");
  expect(form.decided).toEqual([{ type: "answer", answers: [{ id: "Q1", text: "in a vault" }] }]);
});

it("takes words alone for a question without options, and does not take the focus for them", async () => {
  const form = openForm({ questions: [open] });
  expect(form.has(".option")).toBe(false);
  expect(document.activeElement).toBe(document.body);
  await form.type("textarea", "80");
  expect(document.activeElement).toBe(document.body);
  await form.press("Send the answer");
  expect(form.decided).toEqual([{ type: "answer", answers: [{ id: "Q2", text: "80" }] }]);
});

it("begins with the suggested words for a question without options", () => {
  const form = openForm({ questions: [{ ...open, suggestion: { letter: "", text: "8080" } }] });
  expect((form.find("textarea") as HTMLTextAreaElement).value).toBe("8080");
  expect(form.buttons()).toEqual(["Send the answer"]);
});

it("chooses nothing if the agent suggests an option that there is not", () => {
  const form = openForm({ questions: [{ ...asked, suggestion: { letter: "Z", text: "Z" } }] });
  expect(form.chosen()).toBe("---");
  expect(form.has("textarea")).toBe(false);
});

it("sends some of the answers unless all are needed", async () => {
  const form = openForm({ questions: [withSuggestion, open] });
  expect(form.buttons()).toEqual(["Send 1 of 2 answers"]);
  await form.press("Send 1 of 2 answers");
  expect(form.decided).toEqual([{ type: "answer", answers: [{ id: "Q1", text: "B" }] }]);
  form.show({ needsAll: true });
  expect(form.buttons()).toEqual(["(Send 2 answers)"]);
  await form.send("form", "submit");
  expect(form.decided).toHaveLength(1);
  await form.type("textarea", "80");
  await form.press("Send 2 answers");
  expect(form.decided[1]).toEqual({
    type: "answer",
    answers: [
      { id: "Q1", text: "B" },
      { id: "Q2", text: "80" },
    ],
  });
  expect(form.chosen()).toBe("-x-");
});

it("sends nothing twice while an answer is under way", () => {
  const form = openForm({ questions: [withSuggestion], isBusy: true });
  expect(form.buttons()).toEqual(["(Send the answer)"]);
});

it("keeps the page from loading again when it is sent", async () => {
  const form = openForm({ questions: [asked] });
  const sent: Event[] = [];
  document.addEventListener("submit", (event) => sent.push(event));
  await form.send("form", "submit");
  expect(sent[0]?.defaultPrevented).toBe(true);
});
