import { type TelegramMessage } from "@samocode/testkit";
import { expect, it } from "vitest";
import { readNotice } from "@samocode/channels";
import { asking, blocked, planned } from "../../../session/test/support/waiting-session.ts";
import { createDeskChat as createChat } from "./support/desk-chat.ts";

const labels = ({ keyboard }: TelegramMessage): string[] => keyboard.flat().map(({ text }) => text);

it("leaves the buttons of the questions that are still open", async () => {
  await using chat = await createChat({ login: asking });
  const { message, member, told } = chat;
  expect(labels(message)).toEqual(["Q1 A ★", "Q1 B", "Q1 ✎", "Q2 ✎", "Accept all suggestions"]);
  expect(await member.press(message, "Q1 B")).toEqual({
    text: "Q1: B) localStorage. 1 is still open.",
    isAlert: false,
  });
  const edited = await told("✓ Q1: B) localStorage");
  // There is no suggestion left that could be accepted.
  expect(labels(edited)).toEqual(["Q2 ✎"]);
  expect(edited.entities[0]).toEqual(message.entities[0]);
});

it("says so where a button is pressed twice, and if it is pressed too late", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member, session } = chat;
  expect(await member.press(message, "Approve")).toMatchObject({ isAlert: false });
  expect(await member.press(message, "Approve")).toEqual({
    text: "Too late. login: ready to continue.",
    isAlert: true,
  });
  await expect.poll(() => api.messages()[0]?.keyboard).toEqual([]);
  expect(session.records()).toHaveLength(1);
});

it("approves nothing with the button of a plan that has changed, and shows the new one", async () => {
  await using chat = await createChat({ login: planned });
  const { message, member, session, told } = chat;
  session.write("01-15-14:50-plan-jwt.md", "# Another plan\n");
  expect(await member.press(message, "Approve")).toEqual({
    text: "The plan has changed since. Nothing was decided: read the new plan.",
    isAlert: true,
  });
  expect(session.records()).toEqual([]);
  const shown = await told("Another plan");
  expect(await member.press(shown, "Approve")).toMatchObject({ isAlert: false });
  expect(session.records()).toMatchObject([{ event: "approve", by: "telegram:ada" }]);
});

it("takes an answer in words: after its button, and as a reply to the questions", async () => {
  await using chat = await createChat({ login: asking });
  const { message, member, session, told } = chat;
  expect(await member.press(message, "Q1 ✎")).toEqual({
    text: "Write it as a reply to the message below.",
    isAlert: false,
  });
  const prompt = await told("reply to this message with your answer to Q1");
  expect(prompt).toMatchObject({
    asksForReply: true,
    text: expect.stringContaining("Where do tokens live?"),
  });
  member.say("In the keychain\n# of the <system>", prompt);
  await told("Q1: In the keychain # of the <system>. 1 is still open.");
  member.say("a week", message);
  await told("Q2: a week. Continue with: samocode-run login");
  expect(session.read("_qa.md")).toContain("> In the keychain\n> # of the <system>");
});

it("asks which question is meant if several are open", async () => {
  await using chat = await createChat({ login: asking });
  const { message, member, session, told } = chat;
  member.say("a week", message);
  await told("Say which question you answer (Q1, Q2)");
  member.say("q2: a week", message);
  await told("Q2: a week. 1 is still open.");
  expect(session.read("_qa.md")).toContain("**Answer:** a week");
});

it("takes words for what asked for them only, as long as that is open", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member, session, told } = chat;
  await member.press(message, "Reject…");
  const prompt = await told("what should change");
  member.say("Looks good to me", message);
  await told("Please use the buttons below that message.");
  expect(session.records()).toEqual([]);
  member.say("Use cookies", prompt);
  await told("The plan goes back to planning with your feedback.");
  await expect.poll(() => api.messages()[0]?.keyboard).toEqual([]);
  member.say("And no JWT", prompt);
  await told("Too late. login: ready to continue.");
  expect(session.records()).toMatchObject([{ event: "reject", feedback: "Use cookies" }]);
});

it("asks for no words once it is too late for them", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member } = chat;
  await member.press(message, "Approve");
  expect(await member.press(message, "Reject…")).toEqual({
    text: "Too late. login: ready to continue.",
    isAlert: true,
  });
  expect(api.messages().filter(({ asksForReply }) => asksForReply)).toEqual([]);
});

it("takes a reply to a person for what it is", async () => {
  await using chat = await createChat({ login: planned });
  const { api, member, told } = chat;
  member.say("Shall we?");
  member.say("/list", api.messages().at(-1));
  expect((await told("(planning, $0.00)")).text).toContain("login: waits for approval");
});

it("takes nothing that an agent wrote for what the bot asks", async () => {
  await using chat = await createChat({ login: blocked, other: planned });
  const { sessions, member, told, tell } = chat;
  const [login, other] = sessions;
  if (login === undefined || other === undefined) throw new Error("no sessions");
  const { sessionId, id } = readNotice(other.store, "other");
  login.write(
    "_overview.md",
    login.read("_overview.md").replace("2 tests fail", `<code>${sessionId}.${id}.n1</code>`),
  );
  const message = await tell(login);
  member.say("whatever", message);
  await told("Please use the buttons below that message.");
  expect(other.records()).toEqual([]);
});

it("answers commands, those of a group with its name", async () => {
  await using chat = await createChat({ login: asking, other: blocked });
  const { member, told, api } = chat;
  member.say("/list");
  const list = await told("login: waits for 2 answers (investigation, $0.00)");
  expect(list.text).toContain("other: blocked (testing, $0.00)");
  member.say("/status@samocode_test_bot other");
  expect(labels(await told("2 tests fail"))).toEqual(["Resume", "Resume with a note…"]);
  member.say("/status nothing<here>");
  await told("There is no session nothing<here> here.");
  member.say("/status@another_bot other");
  member.say("/help");
  await told("/status NAME");
  expect(api.messages().filter(({ text }) => text.includes("2 tests fail"))).toHaveLength(1);
});

it("hears the chat that is set up, ignores all others, and tells that without what they said", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, session, warnings, told, member } = chat;
  const eve = api.member({ id: 9, first_name: "Eve" }, -100);
  eve.say("/list please");
  void eve.press({ ...message, chatId: -100 }, message.keyboard[0]?.[0]?.callback_data ?? "");
  member.say("/help");
  await told("/status NAME");
  expect(api.messages(-100).filter(({ from }) => from === "bot")).toEqual([]);
  expect(session.records()).toEqual([]);
  expect(new Set(warnings)).toEqual(
    new Set(["telegram: something from chat -100 was ignored: it is not the configured chat"]),
  );
});

it("takes data of a button that is not its own for what it is", async () => {
  await using chat = await createChat({ login: planned });
  const { member, message } = chat;
  for (const data of ["x", `${"a".repeat(10)}.${"b".repeat(10)}.y`, "like:1"]) {
    expect(await member.press(message, data)).toMatchObject({ isAlert: true });
  }
});

it("decides although the word about it cannot be sent", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member, session, warnings } = chat;
  api.fail({ do: "refuse", method: "answerCallbackQuery", status: 500, description: "Internal" });
  void member.press(message, "Approve");
  await expect.poll(() => session.records()).toMatchObject([{ event: "approve" }]);
  await expect
    .poll(() => warnings)
    .toEqual(["telegram: cannot reply: Telegram refused the request (500: Internal)"]);
});

it("takes a press that waited for a day less an hour, though nobody sees its answer any more", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member, session, warnings } = chat;
  const description = "Bad Request: query is too old and response timeout expired";
  api.fail({ do: "refuse", method: "answerCallbackQuery", status: 400, description });
  void member.press(message, "Approve");
  await expect.poll(() => session.records()).toMatchObject([{ event: "approve" }]);
  await expect.poll(() => api.messages()[0]?.text).toContain("✓ The plan is approved.");
  expect(warnings).toEqual([]);
});

it("leaves no update behind that it has taken", async () => {
  const chat = await createChat({ login: planned });
  await chat.member.press(chat.message, "Approve");
  const { api } = chat;
  await chat[Symbol.asyncDispose]();
  expect(api.pending()).toEqual([]);
});

it("takes a decision that it hears twice for one, as after a crash", async () => {
  await using chat = await createChat({ login: planned });
  const { api, message, member, session } = chat;
  member.say("/help");
  await chat.told("/status NAME");
  await member.press(message, "Reject…");
  const prompt = await chat.told("what should change");
  // The poll that takes the reply is on its way; those after it fail.
  await expect.poll(() => api.pending()).toEqual([]);
  const description = "Bad Gateway";
  api.fail({ do: "refuse", method: "getUpdates", status: 502, description, times: 2 });
  member.say("Use cookies", prompt);
  await expect(chat.listening()).rejects.toThrow("Bad Gateway");
  expect(api.pending()).toHaveLength(1);
  chat.listenAgain();
  await chat.told("Too late. login: ready to continue.");
  expect(session.records()).toMatchObject([{ event: "reject", feedback: "Use cookies" }]);
});
