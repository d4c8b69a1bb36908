import type { Sketch, SketchArrow } from "./chart-sketch.ts";
import { sizeOfWords } from "./chart-text.ts";
import type { Meeting, Placement, Sized } from "./elk-placement.ts";
import { frameOf, topOf } from "./state-size.ts";

/**
 * Where arrows meet a state: in the middle of its side, or beside the part that they lead to. Arrows from and
 * to the hub, which stands at the left, meet it at the left; of others those that come, and at the right those
 * that leave. Nothing if several states lead to it at the same side: elk finds the order.
 */
export function meetingsOf(
  size: Sized,
  sketch: Sketch,
  hub: string,
  parts: Placement | undefined,
): readonly Meeting[] {
  const left = new Map<string, SketchArrow[]>();
  const right: SketchArrow[] = [];
  const neighbours = new Set<string>();
  for (const arrow of sketch.arrows) {
    const [source, target] = [topOf(arrow.source), topOf(arrow.target)];
    if (source === target || (source !== size.id && target !== size.id)) continue;
    if (source === size.id && target !== hub) {
      right.push(arrow);
      continue;
    }
    const end = source === size.id ? arrow.source : arrow.target;
    left.set(end, [...(left.get(end) ?? []), arrow]);
    neighbours.add(source === size.id ? target : source);
  }
  if (neighbours.size > 1 || right.length > 1) return [];
  const beside = (id: string) => {
    const box = parts?.states.get(id);
    return box === undefined
      ? size.height / 2
      : frameOf(size.id, sketch).head + box.y + box.height / 2;
  };
  return [
    ...[...left].flatMap(([id, arrows]) => spread(arrows, 0, beside(id))),
    ...spread(right, size.width, size.height / 2),
  ];
}

/** Arrows one under the other, so far apart that their words have room. */
function spread(arrows: readonly SketchArrow[], x: number, middle: number): readonly Meeting[] {
  const heights = arrows.map(({ lines }) => Math.max(24, sizeOfWords(lines).height + 5));
  let y = middle - heights.reduce((sum, height) => sum + height, 0) / 2;
  return arrows.map(({ id }, index) => {
    const half = (heights[index] ?? 0) / 2;
    y += 2 * half;
    return { arrow: id, x, y: y - half };
  });
}
