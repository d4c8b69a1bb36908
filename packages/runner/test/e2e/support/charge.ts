/** What the answer to a request is charged with: each time another sum, so that none can be taken for another. */
export function usageOf(number: number) {
  return {
    input_tokens: 100 + number,
    output_tokens: 200 + 2 * number,
    cache_read_input_tokens: 1000 * number,
    cache_creation_input_tokens: 10 * number,
  };
}

/** What these answers were charged with, at the list prices of the model that the CLI calls `opus`. */
export function chargeOf(requests: readonly { readonly number: number }[]) {
  const charges = requests.map(({ number }) => {
    const usage = usageOf(number);
    const { input_tokens: input, output_tokens: output } = usage;
    const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
    return {
      tokens: input + output + read + written,
      costUsd: (input * 4 + output * 20 + read * 0.2 + written * 5) / 1e6,
    };
  });
  return {
    tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
    costUsd: charges.reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}
