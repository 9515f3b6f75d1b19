import { defineConfig } from "@playwright/test";
import { browser } from "../support/browser.ts";

/** Takes pictures of every page into .cache/screens, for people to look at. Nothing is asserted. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.shots.ts",
  outputDir: "../../../.cache/e2e-screens",
  workers: 1,
  timeout: 900_000,
  reporter: [["list"]],
  use: { ...browser, contextOptions: { reducedMotion: "reduce" } },
});
