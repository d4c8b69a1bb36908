import { OverviewError } from "../overview/overview.ts";
import { explainSystemCode } from "./system-code.ts";

/** A session folder that cannot be read or written. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code = "SAMOCODE_STORE_FAILED";
  readonly path: string;

  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** Does something to a file; what the system says against it becomes a {@link StoreError}. */
export function attempt<Result>(what: string, path: string, action: () => Result): Result {
  try {
    return action();
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause) || isOurs(cause)) throw cause;
    throw new StoreError(
      `cannot ${what} \`${path}\`: ${explainSystemCode(String(cause.code))}`,
      path,
      { cause },
    );
  }
}

function isOurs(error: Error): boolean {
  return error instanceof OverviewError || error instanceof StoreError;
}
