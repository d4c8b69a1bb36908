import { connect } from "node:net";
import { expect, it } from "vitest";
import { createInspectServer, InspectError } from "../src/index.ts";
import { asPage, createPageBench, decision } from "./support/page-bench.ts";

it("serves the page to whoever comes by its link, and the link is good once", async () => {
  await using bench = await createPageBench({ session: "login" });
  const link = bench.link();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?t=[\w-]{43}$/);
  const path = link.slice(link.indexOf("/?"));
  const first = await bench.ask({ path });
  expect(first).toMatchObject({ status: 200 });
  expect(first.text).toContain('content="0;url=/#/session/login"');
  const [setCookie = ""] = [first.headers["set-cookie"]].flat();
  expect(setCookie).toMatch(
    new RegExp(`^samocode_${bench.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
  );
  const page = await bench.ask({ path: "/", headers: { Cookie: setCookie.split(";")[0] ?? "" } });
  expect(page.text).toContain("/page.js");

  expect(bench.newLinks).toEqual([]);
  const second = await bench.ask({ path });
  expect(second).toMatchObject({ status: 401 });
  expect(second.text).toContain("was already used");
  expect(second.headers["set-cookie"]).toBeUndefined();
  expect(bench.newLinks).toEqual([bench.link()]);
  expect(bench.link()).not.toBe(link);
  expect(await bench.enter()).toContain(`samocode_${bench.port}=`);
});

it("lets a browser that is in open a used link again, and spends no new one for that", async () => {
  await using bench = await createPageBench();
  const used = bench.link();
  const Cookie = await bench.enter();
  const next = bench.link();
  const again = await bench.ask({ path: used.slice(used.indexOf("/?")), headers: { Cookie } });
  expect(again).toMatchObject({ status: 200 });
  expect(bench.link()).toBe(next);
});

it("answers nothing without the cookie, or with a wrong one", async () => {
  await using bench = await createPageBench();
  const cookie = await bench.enter();
  const [name = "", value = ""] = cookie.split("=");
  const wrong = [
    undefined,
    "",
    "samocode=x",
    `${name}=`,
    `${name}=${"A".repeat(43)}`,
    `${name}=${value.slice(0, -1)}`,
    `${name}x=${value}`,
    `other=${value}`,
  ];
  const paths = ["/", "/page.js", "/api/chart", "/api/stream", "/api/document", "/no/such", "/?t="];
  for (const Cookie of wrong) {
    for (const path of paths) {
      const headers = Cookie === undefined ? {} : { Cookie };
      expect(await bench.ask({ path, headers })).toMatchObject({ status: 401 });
    }
    const headers = Cookie === undefined ? {} : { Cookie };
    expect(await bench.ask(decision({ type: "approve" }, headers))).toMatchObject({
      status: 401,
    });
  }
  for (const ticket of ["x", "A".repeat(43), "%00", "../../etc/passwd", value]) {
    expect(await bench.ask({ path: `/?t=${ticket}` })).toMatchObject({ status: 401 });
  }
  expect(bench.decided).toEqual([]);
  expect(await bench.ask({ path: "/api/chart", headers: { Cookie: cookie } })).toMatchObject({
    status: 200,
  });
});

it("answers to its own names alone, whatever name leads here", async () => {
  await using bench = await createPageBench();
  const { port } = bench;
  const Cookie = await bench.enter();
  const ticket = bench.link();
  const foreign = [
    "evil.example",
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1:${port + 1}`,
    "127.0.0.1",
    "localhost",
    `127.0.0.1:${port}@evil.example`,
    `0.0.0.0:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `[::1]:${port}`,
    `localhost.:${port}`,
  ];
  for (const Host of foreign) {
    for (const path of ["/", "/api/chart", ticket.slice(ticket.indexOf("/?"))]) {
      const { status, headers } = await bench.ask({ path, headers: { Host, Cookie } });
      expect({ Host, status, cookie: headers["set-cookie"] }).toEqual({ Host, status: 421 });
    }
  }
  expect(bench.link()).toBe(ticket);
  for (const Host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
    expect(await bench.ask({ path: "/api/chart", headers: { Host, Cookie } })).toMatchObject({
      status: 200,
    });
  }
});

it("takes no request line that names another place, and no path but its own", async () => {
  await using bench = await createPageBench();
  const Cookie = await bench.enter();
  for (const path of [
    "//evil.example/",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/page.js/../../../package.json",
    "/api/decision/",
    "/API/CHART",
    "/.env",
  ]) {
    expect(await bench.ask({ path, headers: { Cookie } })).toMatchObject({ status: 404 });
  }
  const raw = await sendRaw(
    bench.port,
    `GET http://evil.example/api/chart HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\nCookie: ${Cookie}\r\nConnection: close\r\n\r\n`,
  );
  expect(raw).toMatch(/^HTTP\/1\.1 404/);
  const old = await sendRaw(bench.port, `GET /api/chart HTTP/1.0\r\nCookie: ${Cookie}\r\n\r\n`);
  expect(old).toMatch(/^HTTP\/1\.1 421/);
  const two = await sendRaw(
    bench.port,
    `GET /api/chart HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\nHost: evil.example\r\nCookie: ${Cookie}\r\nConnection: close\r\n\r\n`,
  );
  expect(two).toMatch(/^HTTP\/1\.1 4(?:00|21)/);
  const nameless = await sendRaw(
    bench.port,
    `GET /api/chart HTTP/1.1\r\nHost:\r\nCookie: ${Cookie}\r\nConnection: close\r\n\r\n`,
  );
  expect(nameless).toMatch(/^HTTP\/1\.1 421/);
});

it("refuses what another page sends, also one of another port of this machine", async () => {
  await using bench = await createPageBench();
  const { port } = bench;
  const Cookie = await bench.enter();
  const other = [
    { Origin: "http://evil.example" },
    { Origin: "null" },
    { Origin: `http://127.0.0.1:${port + 1}` },
    { Origin: `https://127.0.0.1:${port}` },
    { Origin: `http://localhost:${port}` },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "nonsense" },
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
  ];
  for (const headers of other) {
    const sent = { ...headers, Cookie };
    expect(await bench.ask(decision({ type: "approve" }, sent))).toMatchObject({ status: 403 });
    expect(await bench.ask({ path: "/api/chart", headers: sent })).toMatchObject({ status: 403 });
  }
  const opened = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
  };
  expect(await bench.ask({ path: "/", headers: opened })).toMatchObject({ status: 401 });
  expect(await bench.ask({ path: "/api/chart", headers: { ...opened, Cookie } })).toMatchObject({
    status: 403,
  });
  expect(bench.decided).toEqual([]);
});

it("says the same strict headers with every answer, and allows no other origin", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  const answers = [
    await bench.ask({ path: "/", headers }),
    await bench.ask({ path: "/page.js", headers }),
    await bench.ask({ path: "/api/chart", headers }),
    await bench.ask({ path: "/no/such", headers }),
    await bench.ask({ path: "/" }),
    await bench.ask({ path: "/", headers: { Host: "evil.example" } }),
    await bench.ask({ method: "OPTIONS", path: "/api/decision", headers }),
    await bench.ask(decision({ type: "stop", atOnce: false }, headers)),
  ];
  for (const { headers: said } of answers) {
    expect(said["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(said).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(Object.keys(said).filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 401, 421, 405, 200]);
});

it("says which port cannot be had, and what to do", async () => {
  await using bench = await createPageBench();
  const { port } = bench;
  const host = { list: async () => [] } as unknown as Parameters<
    typeof createInspectServer
  >[0]["host"];
  await expect(createInspectServer({ host, port })).rejects.toThrow(
    new InspectError(
      `cannot serve the page on port \`${port}\`: another program is using it. Omit --port to use a free port.`,
    ),
  );
});

function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (piece) => {
      answer += piece.toString("utf8");
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
