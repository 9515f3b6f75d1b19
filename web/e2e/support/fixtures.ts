import { test as base } from "@playwright/test";
import { type Person, register, somebody } from "./people.ts";
import { Server } from "./server.ts";

type Fixtures = {
  /** Fails the test when the app throws or writes an error to the console. */
  clean: undefined;
  /** A new account whose empty vault is open in `page`. */
  person: Person;
};

let contexts = 0;

/** Each browser context comes from an address of its own, so that no limit per address adds up over the tests. */
export function ownAddress(): { "X-Forwarded-For": string } {
  contexts += 1;
  return { "X-Forwarded-For": `10.0.${contexts >> 8}.${contexts & 255}` };
}

export const open = { registration: "open", "trusted-proxies": "127.0.0.0/8,::1/128" } as const;

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern
    async ({}, use) => {
      const server = await Server.start(open);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern
  extraHTTPHeaders: async ({}, use) => {
    await use(ownAddress());
  },
  clean: [
    async ({ context }, use) => {
      const thrown: string[] = [];
      context.on("weberror", (error) => thrown.push(String(error.error())));
      context.on("console", (message) => {
        if (
          message.type() === "error" &&
          !/^(Failed to load resource|WebSocket connection to)/.test(message.text())
        ) {
          thrown.push(message.text());
        }
      });
      await use(undefined);
      if (thrown.length > 0) {
        throw new Error(`The app reported errors:\n${thrown.join("\n")}`);
      }
    },
    { auto: true },
  ],
  person: async ({ page, server }, use) => {
    const person = somebody();
    await register(page, server.url, person);
    await use(person);
  },
});

export { type Browser, expect, type Page } from "@playwright/test";
