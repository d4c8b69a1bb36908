/** A part of a message that is set off, as the Bot API tells it; counted in UTF-16 code units. */
export interface TelegramEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

/** What a person sees of a message, and how its parts are set off. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
}

const tags: Readonly<Record<string, string>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  a: "text_link",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  "tg-spoiler": "spoiler",
};

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

interface OpenTag {
  readonly tag: string;
  readonly type: string;
  readonly offset: number;
  readonly url?: string;
}

/**
 * Read the HTML of a message as the Bot API does: a few tags, closed in order, and the four named entities beside
 * numeric ones.
 *
 * @throws {Error} with the description that the Bot API answers with status 400
 * @see https://core.telegram.org/bots/api#html-style
 */
export function parseTelegramHtml(html: string): FormattedText {
  let text = "";
  const found: TelegramEntity[] = [];
  const open: OpenTag[] = [];
  let at = 0;
  while (at < html.length) {
    const char = html[at] ?? "";
    if (char === "&") {
      const [whole = "", name = ""] =
        /^&(#\d+|#x[\da-f]+|[a-z]+);/i.exec(html.slice(at, at + 12)) ?? [];
      const decoded = decode(name);
      // The Bot API takes an ampersand that begins no entity as it is; here it shows that nothing was escaped.
      if (decoded === undefined) throw refuse(`unescaped "&" at byte offset ${at}`);
      text += decoded;
      at += whole.length;
    } else if (char === "<") {
      const [whole, slash = "", tag = "", rest = ""] =
        /^<(\/?)([a-z-]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/i.exec(html.slice(at)) ?? [];
      if (whole === undefined) throw refuse(`Unsupported start tag at byte offset ${at}`);
      const type = tags[tag.toLowerCase()];
      if (type === undefined) throw refuse(`Unsupported start tag "${tag}" at byte offset ${at}`);
      if (slash === "/") {
        const last = open.pop();
        if (last?.tag !== tag) {
          throw refuse(`Unmatched end tag at byte offset ${at}, expected "</${last?.tag ?? ""}>"`);
        }
        const { offset, url } = last;
        const length = text.length - offset;
        if (length > 0) found.push({ type, offset, length, ...(url !== undefined && { url }) });
      } else {
        const url = /href="([^"]*)"/.exec(rest)?.[1];
        open.push({ tag, type, offset: text.length, ...(url !== undefined && { url }) });
      }
      at += whole.length;
    } else {
      if (char === ">") throw refuse(`unescaped ">" at byte offset ${at}`);
      text += char;
      at += 1;
    }
  }
  const left = open.at(-1);
  if (left !== undefined) {
    throw refuse(`Can't find end tag corresponding to start tag "${left.tag}"`);
  }
  return {
    text,
    entities: found.toSorted(
      (one, other) => one.offset - other.offset || other.length - one.length,
    ),
  };
}

function decode(name: string): string | undefined {
  if (!name.startsWith("#")) return entities[name];
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

function refuse(what: string): Error {
  return new Error(`Bad Request: can't parse entities: ${what}`);
}
