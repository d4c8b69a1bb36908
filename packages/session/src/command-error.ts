/** A command that was called the wrong way. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "SAMOCODE_USAGE";
}

/** A command that was called the right way and could not be carried out; the message says why and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code = "SAMOCODE_COMMAND_FAILED";
}
