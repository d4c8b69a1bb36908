import { setFlagsFromString } from "node:v8";

/**
 * Makes ready for hours of starting agents. To be called before much is loaded: what the heap has grown to, it keeps.
 *
 * The young generation of the heap does not grow: a flood of lines would make it three times 16 MB, and each start of
 * an agent is a fork, which takes longer the more memory there is. And code is compiled before its first call:
 * nearly all of it is called once an iteration, too seldom to ever become fast by itself.
 */
export function tuneEngine(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--always-sparkplug");
}
