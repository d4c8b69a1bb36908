import { Window } from "happy-dom";
import { render, type ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { onTestFinished, vi } from "vitest";

/** A piece of the page, in a document without a browser. */
export interface PageDom {
  /** Shows something else in the place of what is shown. */
  readonly show: (what: ComponentChild) => void;
  /** What is shown, as it would be written. */
  readonly html: () => string;
  /** The words of what is shown, or of the first part of it, with single spaces. */
  readonly text: (selector?: string) => string;
  readonly texts: (selector: string) => readonly string[];
  readonly has: (selector: string) => boolean;
  readonly find: (selector: string) => HTMLElement;
  /** The buttons that are there, by their words; those that cannot be pressed in brackets. */
  readonly buttons: () => readonly string[];
  /** Presses the button with these words, or with this label. */
  readonly press: (words: string) => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  readonly type: (selector: string, text: string) => Promise<void>;
  readonly choose: (selector: string, value: string) => Promise<void>;
  readonly send: (selector: string, event: string, values?: object) => Promise<void>;
  /** Goes to another address of the page. */
  readonly go: (hash: string) => Promise<void>;
  /** Lets come what was asked for. */
  readonly settle: () => Promise<void>;
}

/** What of a window the page's code uses by its bare name. */
const globals = ["document", "location", "navigator", "Event"] as const;

/** What is told to the one element alone, and not to those around it. */
const aloneEvents = new Set(["mouseenter", "mouseleave", "focus", "blur", "scroll"]);

/** Opens an empty document, until the test is over. */
export function openPageDom(hash = ""): PageDom {
  const window = new Window({ url: `http://127.0.0.1:1/${hash}` });
  for (const name of globals) vi.stubGlobal(name, window[name]);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  vi.stubGlobal("scrollTo", vi.fn<() => void>());
  document.body.innerHTML = "<div></div>";
  const root = document.body.firstElementChild as HTMLElement;
  onTestFinished(() => {
    void act(() => render(null, root));
    vi.unstubAllGlobals();
  });
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const find = (selector: string): HTMLElement => {
    const [first] = all(selector);
    if (first === undefined) throw new Error(`nothing is \`${selector}\` in ${root.innerHTML}`);
    return first;
  };
  const send: PageDom["send"] = async (selector, event, values = {}) => {
    const sent = Object.assign(
      new Event(event, { bubbles: !aloneEvents.has(event), cancelable: true }),
      values,
    );
    await act(async () => {
      find(selector).dispatchEvent(sent);
      await answered();
    });
  };
  const enter = async (selector: string, value: string, event: string): Promise<void> => {
    Object.assign(find(selector), { value });
    await send(selector, event);
  };
  return {
    show: (what) => void act(() => render(what, root)),
    html: () => root.innerHTML,
    text: (selector) => wordsOf(selector === undefined ? root : find(selector)),
    texts: (selector) => all(selector).map(wordsOf),
    has: (selector) => all(selector).length > 0,
    find,
    buttons: () =>
      all("button").map((each) => (each.matches(":disabled") ? `(${nameOf(each)})` : nameOf(each))),
    press: async (words) => {
      const button = all("button").find((each) => nameOf(each) === words);
      if (button === undefined) throw new Error(`no button \`${words}\` in ${root.innerHTML}`);
      await pressOn(button);
    },
    click: (selector) => pressOn(find(selector)),
    type: (selector, text) => enter(selector, text, "input"),
    choose: (selector, value) => enter(selector, value, "change"),
    send,
    go: (hash) =>
      act(async () => {
        window.location.hash = hash;
        window.dispatchEvent(new window.Event("hashchange"));
        await answered();
      }),
    settle: () => act(answered),
  };
}

/** An answer of the server other than 200. */
export class Refused {
  readonly status: number;
  readonly value: unknown;
  constructor(status: number, value: unknown) {
    this.status = status;
    this.value = value;
  }
}

/** Answers what the page asks the server for, by address; keeps what was asked. An error is a broken connection. */
export function stubServer(
  answer: (url: string) => unknown,
): readonly (readonly [url: string, body: unknown])[] {
  const asked: [string, unknown][] = [];
  vi.stubGlobal("fetch", async (url: string, options?: { readonly body?: string }) => {
    asked.push([url, options?.body === undefined ? undefined : JSON.parse(options.body)]);
    const found = await answer(url);
    if (found instanceof Error) throw found;
    const { status, value } = found instanceof Refused ? found : new Refused(200, found);
    return { status, ok: status === 200, json: async () => value };
  });
  return asked;
}

function pressOn(element: HTMLElement): Promise<void> {
  return act(async () => {
    element.click();
    await answered();
  });
}

/** Until all promises that wait for no one else are kept. */
function answered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function nameOf(button: HTMLElement): string {
  return button.getAttribute("aria-label") ?? wordsOf(button);
}

function wordsOf({ textContent }: HTMLElement): string {
  return textContent.replaceAll(/\s+/g, " ").trim();
}
