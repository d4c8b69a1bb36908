import { withoutBlocks } from "./text-tree.ts";

/** Words in capitals that do not shout. */
const capitals =
  /^(STAMP|NNN|MM|DD|HH|README|CONTRIBUTING|CLAUDE|AGENTS|SKILL|TODO|TITLE|NAME|TOPIC|TEXT|PHASE|ARGUMENTS|JWT|JSON|MCP|CLI|A|B|Q)$/;

/** What a text says in a form that it should not: shouts, signals typed by hand, fences, paths of one machine. */
export function findStyleProblems(text: string): readonly string[] {
  const plain = withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");
  const words = [...plain.matchAll(/\b[A-Z]+\b/g)].map(([word]) => word);
  return [
    ...words.filter((word) => !capitals.test(word)).map((word) => `shouts ${word}`),
    ...(typedSignal.test(text) ? ["types a signal; signals are generated"] : []),
    ...(/^\s*(?:```|~~~)/m.test(text) ? ["has a fence; what is shown is indented"] : []),
    ...(/\d{2}-\d{2}-\d{2}|(?<![\w`.])~\//.test(text) ? ["names a path or a date"] : []),
  ];
}

/** A key of a signal in quotes of any kind, or anything in braces that speaks of one. */
const typedSignal = /["'“”‘’`](?:status|phase)["'“”‘’`]\s*:|\{[^{}]*\b(?:status|phase)\b[^{}]*\}/i;
