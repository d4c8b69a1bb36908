import { tallyCounts, type TestCounts } from "./test-counts.ts";

/**
 * Counts the test cases of JUnit XML, which is the same in all dialects; the counts that its suites
 * give of themselves are not, and they count twice where suites are nested.
 */
export function readJunitXml(lines: readonly string[]): TestCounts | undefined {
  const text = lines.join("\n");
  if (!/<testsuites?[\s>]/.test(text)) return undefined;
  const markup = without(without(text, "<![CDATA[", "]]>"), "<!--", "-->");
  const cases = markup.split(/<testcase(?=[\s/>])/).slice(1);
  return tallyCounts(
    cases.map((element) => {
      const [body = ""] = element.split("</testcase>", 1);
      if (/<(?:failure|error)[\s/>]/.test(body)) return ["failed", 1];
      return [/<skipped[\s/>]/.test(body) ? "skipped" : "passed", 1];
    }),
  );
}

function without(text: string, open: string, close: string): string {
  const [first = "", ...rest] = text.split(open);
  const parts = rest.map((part) => {
    const end = part.indexOf(close);
    return end === -1 ? "" : part.slice(end + close.length);
  });
  return [first, ...parts].join("");
}
