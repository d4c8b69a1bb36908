import { openKeyboard, type Keyboard } from "./keyboard.ts";
import { progressOptions } from "./output.ts";

/**
 * Takes the keys of the terminal on which progress is drawn: an echo would damage it. Nothing if nothing is drawn, or
 * the keys go elsewhere.
 */
export function openTerminalKeyboard(flags: { readonly json?: boolean }): Keyboard | undefined {
  const isDrawn = process.stdin.isTTY && progressOptions(flags).isLive;
  return isDrawn ? openKeyboard(process.stdin) : undefined;
}
