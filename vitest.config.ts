import { defineConfig } from "vitest/config";

const conditions = ["samocode-source", "node", "import", "default"];

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/test/**/*.test.ts"],
          exclude: ["**/*.slow.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: ["packages/*/test/**/*.slow.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
