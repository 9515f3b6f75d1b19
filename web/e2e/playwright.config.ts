import { defineConfig } from "@playwright/test";
import { browser } from "./support/browser.ts";

/** Drives the built server in the system's Chromium. Each worker has a browser and servers of its own. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../.cache/e2e",
  workers: 3,
  // How long something takes is no concern of these tests: a machine may be busy.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["./support/closing.ts"]],
  use: {
    ...browser,
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    // Following every step doubles the time; E2E_TRACE=1 does it when a failure is hard to understand.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
  },
});
