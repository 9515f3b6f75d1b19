import { type Api, createApi } from "@/api";
import { createHttp } from "@/api/http";
import type { ServerConfig } from "@/api/wire";
import { createCrypto } from "@/crypto/createCrypto";
import type { OrgId } from "@/crypto/model/ids";
import type { KeyHandle } from "@/crypto/model/keys";
import type { CryptoProxy } from "@/crypto/proxy";
import { createSession, type Session, type SessionDependencies } from "@/session";
import { deviceOf } from "@/session/device";
import { createMemory, type Store } from "@/session/storage";
import { broadcastTabs, type Tabs } from "@/session/tabs";
import { createTokens } from "@/session/tokens";
import { type ClientVault, createClientVault } from "./client";
import { createExport, type ExportFile, type ExportFormat } from "./export";
import type { Origin } from "./heard";
import { Live, type LiveMessage, type OpenLine } from "./live";
import { createVault } from "./liveVault";
import { createProviderActs, type ProviderActs } from "./provider";
import type { Vault } from "./vault";

/** The client version that is reported: the generation of the protocol that this app speaks. */
const protocolVersion = "2026.9.0";

/** What comes within this of one's own write with one's own name on it is about that write. */
const echo = 3000;

/** The socket's code is fetched when it is needed: whoever logs in does not wait for it. */
const openLine: OpenLine = async (events) => (await import("./hub")).openHub(events);

/** Notes when this tab writes something: the message about it may be here before the answer is. */
function noteWrites(doFetch: typeof globalThis.fetch, now: () => number) {
  const wrote = { at: Number.NEGATIVE_INFINITY, running: 0 };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const writes = init?.method !== undefined && init.method !== "GET";
    if (!writes) return doFetch(input, init);
    wrote.running++;
    try {
      return await doFetch(input, init);
    } finally {
      wrote.running--;
      wrote.at = now();
    }
  };
  return { fetch, wrote };
}

/** Everything below the screens, wired together once. */
export interface Core {
  readonly api: Api;
  readonly crypto: CryptoProxy;
  readonly session: Session;
  readonly vault: Vault;
  /** Changes made elsewhere, as they happen. */
  readonly live: Live;
  /** Called with what this tab did not do itself. Returns what ends it. */
  onMessage(listener: (message: LiveMessage) => void): () => void;
  readonly provider: ProviderActs;
  /** The client organization of a provider the person works for; the same object for the same id. */
  clientVault(organizationId: OrgId): ClientVault;
  /** An organization of which the person is a member, as its administrators see it. */
  organizationVault(organizationId: OrgId): ClientVault;
  /** Writes the own vault into a file to be saved. */
  exportVault(format: ExportFormat): Promise<ExportFile>;
  /** What the server says about itself; asked once, and again after a failure. */
  config(): Promise<ServerConfig>;
}

/** What the outside gives; tests give their own. */
export interface Surroundings {
  readonly crypto: CryptoProxy;
  readonly tabStorage: Store;
  readonly browserStorage: Store;
  readonly tabs: Tabs;
  readonly userAgent: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly origin?: string;
  readonly now?: () => number;
  readonly openLine?: OpenLine;
  /** Judges the password of somebody who logs in. */
  readonly keepsRules?: SessionDependencies["keepsRules"];
}

export function browserSurroundings(): Surroundings {
  return {
    crypto: createCrypto(),
    tabStorage: sessionStorage,
    browserStorage: localStorage,
    tabs: broadcastTabs(),
    userAgent: navigator.userAgent,
  };
}

/** Asked once, and again after a failure. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** Call once. */
export function createCore(outside: Surroundings = browserSurroundings()): Core {
  const { crypto, tabs } = outside;
  const now = outside.now ?? Date.now;
  const memory = createMemory(outside.tabStorage, outside.browserStorage);
  const device = deviceOf(outside.userAgent, memory.deviceId());
  const tokens = createTokens({
    refresh: (token) => api.identity.refreshGrant(token),
    changed: (saved) => session.noteTokens(saved),
    expired: () => void session.logout("expired"),
    now,
  });
  const { fetch, wrote } = noteWrites(outside.fetch ?? globalThis.fetch.bind(globalThis), now);
  const http = createHttp({
    tokens,
    device,
    version: protocolVersion,
    now,
    fetch,
    ...(outside.origin && { origin: outside.origin }),
  });
  const api = createApi(http);
  const session = createSession({
    api,
    crypto,
    tokens,
    memory,
    tabs,
    device,
    now,
    keepsRules: outside.keepsRules,
  });
  const config = once(() => api.config.config());
  const itemKeys = () =>
    config().then(
      ({ featureStates }) => featureStates["cipher-key-encryption"] === true,
      () => false,
    );
  const vault = createVault({ api, crypto, session, itemKeys, now });

  /** Tabs of one browser are one device to the server. */
  function originOf({ contextId }: LiveMessage): Origin {
    if (contextId !== device.identifier) return "elsewhere";
    return wrote.running > 0 || now() - wrote.at < echo ? "mine" : "here";
  }
  const understand = once(async () => {
    const { Heard, touches } = await import("./heard");
    const heard = new Heard({ vault, session });
    session.subscribe(() => {
      if (session.getSnapshot().status !== "unlocked") heard.clear();
    });
    return { heard, touches };
  });
  const listeners = new Set<(message: LiveMessage) => void>();
  const onMessage = (listener: (message: LiveMessage) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const live = new Live({
    open: outside.openLine ?? openLine,
    token: tokens.fresh,
    onConnected: () => void vault.check().catch(() => undefined),
    onFailing: () => void vault.check().catch(() => undefined),
    onMessage: async (message) => {
      const origin = originOf(message);
      const { heard } = await understand();
      if (session.getSnapshot().status !== "unlocked") return;
      heard.take(message, origin);
      if (origin !== "mine") for (const listener of listeners) listener(message);
    },
  });

  /** One for each way to an organization: a key that came one way is never used on the other. */
  function vaultsBy(key: (organizationId: OrgId) => Promise<KeyHandle>) {
    const known = new Map<OrgId, ReturnType<typeof createClientVault>>();
    session.subscribe(() => {
      if (session.getSnapshot().status === "unlocked") return;
      for (const one of known.values()) one.clear();
    });
    onMessage(async (message) => {
      const { touches } = await understand();
      for (const [organizationId, one] of known) {
        if (touches(message, organizationId)) one.refreshSoon();
      }
    });
    return (organizationId: OrgId): ClientVault => {
      const one =
        known.get(organizationId) ?? createClientVault({ api, crypto, organizationId, key, itemKeys, now });
      known.set(organizationId, one);
      return one;
    };
  }

  return {
    api,
    crypto,
    session,
    vault,
    live,
    onMessage,
    provider: createProviderActs(api, crypto, vault),
    exportVault: createExport(crypto, session, vault, now),
    clientVault: vaultsBy(vault.clientKey),
    organizationVault: vaultsBy(vault.organizationKey),
    config,
  };
}
