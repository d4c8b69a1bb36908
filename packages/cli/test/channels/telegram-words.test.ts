import { describe, expect, it } from "vitest";
import { asking, planned } from "../../../session/test/support/waiting-session.ts";
import { createDeskChat } from "./support/desk-chat.ts";

const topic = { is_topic_message: true, message_thread_id: 7 };
const voice = { voice: { file_id: "v", duration: 3 } };
const photo = { photo: [{ file_id: "p", width: 9, height: 9 }] };

describe("several answers in one reply", () => {
  it("go to their questions", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say("Q1: b, Q2: a week", message);
    const reply = await told("Q1: B) localStorage. 1 is still open.");
    expect(reply.text).toContain("\nQ2: a week. Continue with: samocode-run login");
    expect(session.read("_qa.md")).toContain("**Answer:** B) localStorage");
    expect(session.read("_qa.md")).toContain("**Answer:** a week");
  });

  it("are all refused if it is not sure where one begins", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    const before = session.read("_qa.md");
    member.say("Q1: in the keychain Q2: a week", message);
    await told("It is not clear which answer belongs to which question. Nothing was recorded.");
    expect(session.read("_qa.md")).toBe(before);
  });

  it("are taken as far as they can be, and each of the others is told", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say("Q1: z\nQ2: a week\nQ9: no", message);
    const { text } = await told("Q2: a week");
    expect(text.split("\n")).toHaveLength(3);
    expect(text).toContain("A) httpOnly cookie");
    expect(text).toContain("Q9");
    expect(session.read("_qa.md")).toContain("**Answer:** _waiting_");
  });

  it("are also taken after the button of one question", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    await member.press(message, "Q1 ✎");
    const prompt = await told("reply to this message with your answer to Q1");
    member.say("Q1=A Q2=B", prompt);
    await told("Q2: B.");
    expect(session.read("_qa.md")).toContain("**Answer:** A) httpOnly cookie");
  });
});

describe("what is no plain text", () => {
  it.each([
    [voice, "I cannot read a voice message"],
    [{ audio: {} }, "I cannot read an audio file"],
    [{ video: {} }, "I cannot read a video:"],
    [{ video_note: {} }, "I cannot read a video message"],
    [{ animation: {}, document: {} }, "I cannot read an animation"],
    [{ document: {} }, "I cannot read a file"],
    [photo, "I cannot read a picture"],
    [{ sticker: {} }, "I cannot read a sticker"],
    [{ story: {} }, "I cannot read a story"],
    [{ location: {} }, "I cannot read a location"],
    [{ contact: {} }, "I cannot read a contact"],
    [{ poll: {} }, "I cannot read a poll"],
    [{ dice: {} }, "I cannot read a die"],
    [{ game: {} }, "I cannot read a game"],
  ])("is answered with what is needed: %j", async (content, says) => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    const before = session.read("_qa.md");
    member.say(content, message);
    const { text } = await told(says);
    expect(text).toContain("please answer in text. Nothing was recorded.");
    expect(session.read("_qa.md")).toBe(before);
  });

  it("is answered where it is a reply to nothing, in a private chat", async () => {
    await using chat = await createDeskChat({ login: asking });
    chat.member.say(voice);
    expect((await chat.told("I cannot read a voice message")).keyboard).toEqual([]);
  });

  it("is passed over where no person has written it", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { api, member, told } = chat;
    member.say({ pinned_message: {} });
    member.say({ location: {}, edit_date: 1 });
    member.say("/help");
    await told("/status NAME");
    expect(api.messages().filter(({ from }) => from === "bot")).toHaveLength(2);
  });

  it("is taken by its caption, and the picture is not", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say({ ...photo, caption: "Q1: like in this picture" }, message);
    const { text } = await told("Q1: like in this picture. 1 is still open.");
    expect(text).toContain("\nOnly your text was used, without the picture.");
    expect(session.read("_qa.md")).toContain("**Answer:** like in this picture");
  });

  it("is feedback by its caption, too", async () => {
    await using chat = await createDeskChat({ login: planned });
    const { message, member, session, told } = chat;
    await member.press(message, "Reject…");
    member.say({ document: {}, caption: "Use cookies" }, await told("what should change"));
    await told("without the file.");
    expect(session.records()).toMatchObject([{ event: "reject", feedback: "Use cookies" }]);
  });
});

describe("an edited message", () => {
  it("is taken where nothing of it was taken before", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say("a week", message);
    await told("Say which question you answer");
    member.say({ text: "Q2: a week", edit_date: 1 }, message);
    await told("Q2: a week. 1 is still open.");
    expect(session.read("_qa.md")).toContain("**Answer:** a week");
  });

  it("never changes an answer, and says so", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say("Q1: A", message);
    await told("Q1: A) httpOnly cookie");
    member.say({ text: "Q1: B", edit_date: 1 }, message);
    const { text } = await told("Too late. Q1 already has an answer");
    expect(text).toContain("\nEditing your message");
    expect(session.read("_qa.md")).not.toContain("**Answer:** B");
  });

  it("never answers the next question", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { message, member, session, told } = chat;
    member.say("Q1: A", message);
    await told("Q1: A) httpOnly cookie");
    member.say({ text: "A, I mean", edit_date: 1 }, message);
    const { text } = await told("Say which question you answer (Q2), such as Q2: your words");
    expect(text).toContain("Editing your message does not change what was recorded.");
    expect(session.read("_qa.md")).toContain("**Answer:** _waiting_");
  });
});

describe("a topic of a group", () => {
  it("is answered in the same topic", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { api, message, member, told } = chat;
    const sent = () => api.calls.findLast(({ method }) => method === "sendMessage")?.payload;
    member.say({ ...topic, text: "Q2: a week" }, message);
    await told("Q2: a week. 1 is still open.");
    expect(sent()).toMatchObject({ message_thread_id: 7 });
    member.say({ ...topic, text: "/status login" });
    await expect
      .poll(sent)
      .toMatchObject({ message_thread_id: 7, text: expect.stringContaining("Q1") });
    member.say({ ...topic, text: "/list" });
    await told("login: waits for an answer (investigation");
    expect(sent()).toMatchObject({ message_thread_id: 7 });
    member.say({ text: "/help", message_thread_id: 7 });
    await told("/status NAME");
    expect(sent()).not.toHaveProperty("message_thread_id");
  });

  it("takes no message in it for a reply to the one that made it", async () => {
    await using chat = await createDeskChat({ login: asking });
    const { api, message, member, told } = chat;
    const made = { ...message, from: "bot" };
    const reply = {
      ...topic,
      text: "/list",
      reply_to_message: {
        message_id: 1,
        from: { id: 7_100_000_042, is_bot: true, first_name: "Bot" },
        forum_topic_created: {},
      },
    };
    member.say(reply);
    await told("login: waits for 2 answers (investigation");
    expect(api.messages().length).toBeGreaterThan(made.id);
  });
});

it("sets up the menu of the bot, and does without where that fails", async () => {
  await using chat = await createDeskChat({ login: asking });
  const { api, member, told, warnings } = chat;
  member.say("/help");
  await told("Several answers in one reply: Q1: A, Q2: your words.");
  const set = api.calls.find(({ method }) => method === "setMyCommands");
  expect(set?.payload).toEqual({
    commands: [
      { command: "list", description: "All sessions" },
      { command: "status", description: "The state of a session, with its buttons" },
      { command: "help", description: "What this bot does" },
    ],
  });
  expect(warnings).toEqual([]);
});
