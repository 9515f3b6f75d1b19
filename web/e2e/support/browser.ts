import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { PlaywrightTestConfig } from "@playwright/test";

function find(program: string): string {
  const found = program.includes("/")
    ? program
    : (process.env.PATH ?? "")
        .split(delimiter)
        .map((folder) => join(folder, program))
        .find((path) => existsSync(path));
  if (!found) {
    throw new Error(
      `Please install Chromium (Debian: chromium) or name a Chrome in CHROMIUM; ${program} is not here.`,
    );
  }
  return found;
}

/** The system's own Chromium, kept from calling anybody but the server under test. */
export const browser = {
  browserName: "chromium" as const,
  locale: "en-GB",
  viewport: { width: 1440, height: 900 },
  launchOptions: {
    executablePath: find(process.env.CHROMIUM ?? "chromium"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
} satisfies PlaywrightTestConfig["use"];
