import { printableText } from "@samocode/core/overview";
import type { PlanPart } from "@samocode/core/store";
import { formatMarkdown, type MarkdownView } from "./markdown-view.ts";

/**
 * All that a plan says, for a terminal. Of several files the newest comes last, next to where the person is asked,
 * and each is named: one approval stands for all of them.
 */
export function formatPlan(parts: readonly PlanPart[], view: MarkdownView): string {
  const { color } = view;
  const [newest, ...older] = parts;
  if (newest === undefined) return "";
  if (older.length === 0) return formatMarkdown(newest.text, view);
  return [
    color.bold(`This plan has ${parts.length} files, all of which will be implemented:`),
    ...parts
      .toReversed()
      .map(
        (part) =>
          `${color.dim(titleOf(part, part === newest))}\n\n${formatMarkdown(part.text, view)}`,
      ),
  ].join("\n\n");
}

function titleOf({ file }: PlanPart, isNewest: boolean): string {
  return `── ${isNewest ? "the newest" : "older"}: ${printableText(file, 200)} ──`;
}
