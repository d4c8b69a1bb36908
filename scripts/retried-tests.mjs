// A vitest reporter: lists each test that passed only after it had failed, so that no flaky test hides.
import { appendFileSync } from "node:fs";

export default class RetriedTests {
  onTestRunEnd(testModules) {
    const retried = testModules.flatMap((testModule) =>
      [...testModule.children.allTests()]
        .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
        .map((test) => formatTest(testModule, test)),
    );
    if (retried.length === 0) return;
    console.log(`\n${retried.length} of the tests needed another try:\n${retried.join("\n")}`);
    const { RETRIED_TESTS: list } = process.env;
    if (list) appendFileSync(list, `${retried.join("\n")}\n`);
  }
}

function formatTest(testModule, test) {
  const { retryCount } = test.diagnostic();
  const outcome = test.result().state;
  return `  ${testModule.relativeModuleId} > ${test.fullName} (${outcome}, tries: ${retryCount + 1})`;
}
