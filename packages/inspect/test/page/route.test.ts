import fc from "fast-check";
import { expect, it } from "vitest";
import { hrefOf, parseRoute, type Route } from "../../page/route.ts";

it("finds its way back from any address that it makes", () => {
  const name = fc.string({ minLength: 1 });
  const route: fc.Arbitrary<Route> = fc.oneof(
    fc.constant({ page: "list" } as const),
    fc.record({ page: fc.constant("session" as const), name }),
    fc.record({
      page: fc.constant("machine" as const),
      path: fc.array(name),
      verifies: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(route, (any) => {
      expect(parseRoute(hrefOf(any))).toEqual(any);
    }),
  );
});

it.each(["", "#", "#/", "#/session/", "#/nothing/here", "#main", "#/machines"])(
  "shows the list for %j",
  (hash) => {
    expect(parseRoute(hash)).toEqual({ page: "list" });
  },
);

it("takes an address that was typed by hand as it is", () => {
  expect(parseRoute("#/session/100%")).toEqual({ page: "session", name: "100%" });
  expect(parseRoute("#/machine")).toEqual({ page: "machine", path: [], verifies: false });
});
