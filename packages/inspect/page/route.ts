/** What the page shows. It stands in the address behind the `#`, so that back and forward work. */
export type Route =
  | { readonly page: "list" }
  | { readonly page: "session"; readonly name: string }
  /** The bare machine, after these events. */
  | { readonly page: "machine"; readonly path: readonly string[]; readonly verifies: boolean };

/** Reads what to show from the part of the address behind the `#`. */
export function parseRoute(hash: string): Route {
  const [, page = "", rest = ""] = /^#\/(session|machine)(?:\/(.*))?$/s.exec(hash) ?? [];
  if (page === "session" && rest !== "") return { page: "session", name: decode(rest) };
  if (page !== "machine") return { page: "list" };
  const [mode = "", path = ""] = rest.split("/", 2);
  const ids = path.split(",").filter((id) => id !== "");
  return { page: "machine", path: ids.map(decode), verifies: mode === "tests" };
}

/** The address of what is to be shown. */
export function hrefOf(route: Route): string {
  if (route.page === "list") return "#/";
  if (route.page === "session") return `#/session/${encodeURIComponent(route.name)}`;
  const path = route.path.map(encodeURIComponent).join(",");
  return `#/machine/${route.verifies ? "tests" : "plain"}/${path}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
