import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What came of a ticket: it is good once. */
type Redeemed =
  | { readonly type: "admitted"; readonly cookie: string }
  | { readonly type: "used" }
  | { readonly type: "unknown" };

/** Says who may see the page: a browser that came by a ticket, and shows the cookie that it got for it. */
export interface Access {
  /** The ticket that is good now. It is replaced as soon as it is used. */
  readonly ticket: () => string;
  /** Takes a ticket, and gives the `Set-Cookie` of a browser that may come again. */
  readonly redeem: (ticket: string) => Redeemed;
  /** Whether a `Cookie` header holds a value that was given out. */
  readonly admits: (cookies: string | undefined) => boolean;
}

/** How many tickets and browsers are remembered; the oldest ones give way. */
const maxRemembered = 100;

/**
 * Makes the access to a page on this port. Cookies know no ports: the name has it, so that two pages
 * of one machine do not take each other's.
 */
export function createAccess(port: number): Access {
  const name = `samocode_${port}`;
  const used = createDigests();
  const browsers = createDigests();
  let ticket = createSecret();
  return {
    ticket: () => ticket,
    redeem(given) {
      if (used.has(given)) return { type: "used" };
      if (!isSame(digest(given), digest(ticket))) return { type: "unknown" };
      used.add(ticket);
      ticket = createSecret();
      const value = createSecret();
      browsers.add(value);
      return {
        type: "admitted",
        cookie: `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`,
      };
    },
    admits: (cookies = "") =>
      cookies
        .split(";")
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .some((pair) => browsers.has(pair.slice(name.length + 1))),
  };
}

function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function isSame(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(one, other);
}

/** A set of secrets that takes as long to look through whether or not it has one. */
function createDigests() {
  const digests: Buffer[] = [];
  return {
    add(secret: string): void {
      digests.push(digest(secret));
      if (digests.length > maxRemembered) digests.shift();
    },
    has(secret: string): boolean {
      const wanted = digest(secret);
      return digests.filter((each) => isSame(each, wanted)).length > 0;
    },
  };
}
