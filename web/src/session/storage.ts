import type { AccountKeys } from "@/crypto/model/keys";
import type { Account, VaultTimeout } from "./state";

/** As much of Storage as is used; tests give a map. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export interface SavedTokens {
  readonly access: string;
  readonly refresh: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What a tab keeps over a reload: tokens and wrapped keys. Without the password they open nothing. */
export interface SavedSession {
  readonly account: Account;
  readonly tokens: SavedTokens;
  readonly keys: AccountKeys;
  readonly securityStamp: string | null;
}

const names = {
  session: "kastellan.session",
  email: "kastellan.email",
  device: "kastellan.device",
  timeout: "kastellan.timeout",
  remember: "kastellan.remember",
} as const;

/** Storage may be full or forbidden; the app then works without memory. */
function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * Two drawers: `tab` ends with the tab and holds the session; `browser` stays and holds nothing that opens a vault:
 * the last address, the id of this device, the timeout, and what stands in for the second step on this device.
 */
export function createMemory(tab: Store, browser: Store) {
  const put = (store: Store, name: string, value: string | null) =>
    quietly(() => (value === null ? store.removeItem(name) : store.setItem(name, value)), undefined);

  const rememberTokens = (): Readonly<Record<string, string>> =>
    quietly(
      () => JSON.parse(browser.getItem(names.remember) ?? "{}") as Readonly<Record<string, string>>,
      {},
    );

  return {
    session: (): SavedSession | null =>
      quietly(() => JSON.parse(tab.getItem(names.session) ?? "null") as SavedSession | null, null),
    saveSession: (session: SavedSession | null) =>
      put(tab, names.session, session && JSON.stringify(session)),

    lastEmail: () => quietly(() => browser.getItem(names.email), null),
    saveEmail: (email: string) => put(browser, names.email, email),

    /** By address: several people may share a browser. Without their password it is worth nothing. */
    rememberToken: (email: string): string | null => rememberTokens()[email] ?? null,
    saveRememberToken: (email: string, token: string | null) => {
      const { [email]: _, ...others } = rememberTokens();
      put(browser, names.remember, JSON.stringify(token ? { ...others, [email]: token } : others));
    },

    timeout: (): VaultTimeout => {
      const saved = quietly(() => browser.getItem(names.timeout), null);
      if (saved === "never") return "never";
      const minutes = Number(saved);
      return Number.isInteger(minutes) && minutes > 0 ? minutes : defaultTimeout;
    },
    saveTimeout: (timeout: VaultTimeout) => put(browser, names.timeout, String(timeout)),

    deviceId: (): string => {
      const saved = quietly(() => browser.getItem(names.device), null);
      if (saved) return saved;
      const id = crypto.randomUUID();
      put(browser, names.device, id);
      return id;
    },
  };
}

export const defaultTimeout = 15;

export type Memory = ReturnType<typeof createMemory>;
