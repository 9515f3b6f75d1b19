import { cryptoOver } from "@/crypto/createCrypto";
import { inProcessEndpoint } from "@/crypto/endpoint";
import { password, quickKdf } from "@/crypto/testdata/people";
import type { TabMessage } from "@/session/tabs";
import { createCore, type Surroundings } from "../core";
import { FakeServer } from "./server";

export function memoryStorage() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  };
}

/** Tabs of one browser hear each other, not themselves. */
export function sharedTabs() {
  const listeners: ((message: TabMessage) => void)[] = [];
  return () => {
    const mine: (typeof listeners)[number][] = [];
    return {
      tell: (message: TabMessage) => {
        for (const listener of listeners) if (!mine.includes(listener)) listener(message);
      },
      onMessage: (listener: (message: TabMessage) => void) => {
        mine.push(listener);
        listeners.push(listener);
      },
    };
  };
}

export const email = "ann@example.test";

export function surroundings(server: FakeServer, part: Partial<Surroundings> = {}) {
  const clock = { now: Date.parse("2026-05-01T00:00:00Z") };
  const tabStorage = memoryStorage();
  const browserStorage = memoryStorage();
  const outside: Surroundings = {
    crypto: cryptoOver(inProcessEndpoint()),
    tabStorage,
    browserStorage,
    tabs: sharedTabs()(),
    userAgent: "Mozilla/5.0 Chrome/140.0 Safari/537.36",
    fetch: server.fetch,
    origin: "https://vault.example.test",
    now: () => clock.now,
    ...part,
  };
  return { outside, clock, tabStorage, browserStorage };
}

/** A fresh server with one account, logged in and synced. */
export async function loggedIn(part: Partial<Surroundings> = {}) {
  const server = new FakeServer();
  const around = surroundings(server, part);
  const core = createCore(around.outside);
  await core.session.register({ email, password, kdf: quickKdf, proof: { emailVerificationToken: "t" } });
  await core.session.login({ email, password });
  await core.vault.sync();
  return { server, core, ...around };
}

export { password, quickKdf };
