// A preload for the binary: as soon as the file `CLOCK_FILE` is there, the clock goes wrong by `CLOCK_SHIFT` ms.
import { existsSync } from "node:fs";

const { CLOCK_FILE: file = "", CLOCK_SHIFT: shift = "0" } = process.env;
const now = Date.now;

Date.now = () => now() + (existsSync(file) ? Number(shift) : 0);
