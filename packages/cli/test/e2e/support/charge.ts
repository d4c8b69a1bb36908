import type { ClaudeEdition } from "@samocode/testkit";

/** What the answer to a request is charged with: each time another sum, so that none can be taken for another. */
export function usageOf(number: number) {
  return {
    input_tokens: 100 + number,
    output_tokens: 200 + 2 * number,
    cache_read_input_tokens: 1000 * number,
    cache_creation_input_tokens: 10 * number,
  };
}

/** Dollars per million tokens of the model that each CLI calls `opus`. */
const prices = {
  newest: { input: 4, output: 20, read: 0.2, written: 5 },
  oldest: { input: 5, output: 25, read: 0.5, written: 6.25 },
} satisfies Record<ClaudeEdition, object>;

/** What these answers were charged with, at the list prices. */
export function chargeOf(
  requests: readonly { readonly number: number }[],
  edition: ClaudeEdition = "newest",
) {
  const price = prices[edition];
  const charges = requests.map(({ number }) => {
    const usage = usageOf(number);
    const { input_tokens: input, output_tokens: output } = usage;
    const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
    return {
      tokens: input + output + read + written,
      costUsd:
        (input * price.input +
          output * price.output +
          read * price.read +
          written * price.written) /
        1e6,
    };
  });
  return {
    tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
    costUsd: charges.reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}
