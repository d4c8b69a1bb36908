// `@samocode/core` as Node finds it: all entries at once, as before they had names of their own.
export * from "./chart/index.ts";
export * from "./index.ts";
export * from "./overview/index.ts";
export * from "./store/index.ts";
