import type { Reporter, Suite } from "@playwright/test/reporter";

/** Closes the run with the one line that `make test` counts. */
export default class Closing implements Reporter {
  #root: Suite | undefined;

  onBegin(_config: unknown, root: Suite): void {
    this.#root = root;
  }

  onEnd(): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const test of this.#root?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === "skipped") {
        counts.skipped += 1;
      } else if (outcome === "expected") {
        counts.passed += 1;
      } else {
        counts.failed += 1;
      }
    }
    // A run that tested nothing has failed.
    const failed = counts.passed + counts.failed === 0 ? 1 : counts.failed;
    process.stdout.write(`e2e: ${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
  }
}
