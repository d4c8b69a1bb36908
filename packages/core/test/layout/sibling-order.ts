/** An order of siblings, and what it costs. */
export interface Ordered<Item> {
  readonly order: readonly Item[];
  readonly cost: number;
}

/**
 * The order that costs least among all that one comes to by moving one item at a time, each time to a better
 * place. If several cost the same, the one closest to the order given.
 */
export async function cheapestOrder<Item>(
  items: readonly Item[],
  costOf: (order: readonly Item[]) => Promise<number>,
): Promise<Ordered<Item>> {
  let best: Ordered<Item> = { order: items, cost: await costOf(items) };
  for (;;) {
    const better = best.cost === 0 ? undefined : await findBetter(best, costOf);
    if (better === undefined) return best;
    best = better;
  }
}

async function findBetter<Item>(
  { order, cost }: Ordered<Item>,
  costOf: (order: readonly Item[]) => Promise<number>,
): Promise<Ordered<Item> | undefined> {
  let best: Ordered<Item> | undefined;
  for (const [from, item] of order.entries()) {
    for (const to of order.keys()) {
      if (from === to) continue;
      const next = order.toSpliced(from, 1).toSpliced(to, 0, item);
      const nextCost = await costOf(next);
      if (nextCost < (best?.cost ?? cost)) best = { order: next, cost: nextCost };
    }
  }
  return best;
}
