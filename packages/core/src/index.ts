export * from "./phase.ts";
