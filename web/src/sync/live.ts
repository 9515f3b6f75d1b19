import { Store } from "./store";

/** One thing that happened elsewhere, or in another tab. The numbers are the protocol's. */
export interface LiveMessage {
  readonly type: number;
  /** The installation that caused it. */
  readonly contextId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A socket that stands. */
export interface Line {
  close(): void;
}

export interface LineEvents {
  /** A token that is good for long enough to connect with it. */
  readonly token: () => Promise<string>;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onClosed: () => void;
}

/** Rejects when no socket comes about. */
export type OpenLine = (events: LineEvents) => Promise<Line>;

/** "interrupted": it stood, or has been waited for in vain, and is tried again. */
export type LiveStatus = "off" | "connecting" | "live" | "interrupted";

export interface LiveState {
  readonly status: LiveStatus;
}

export interface LiveDependencies {
  readonly open: OpenLine;
  readonly token: () => Promise<string>;
  readonly onMessage: (message: LiveMessage) => void;
  /** A socket stands: what happened before it did has to be asked for. */
  readonly onConnected: () => void;
  /** No socket comes about: whether the session still holds has to be asked for. */
  readonly onFailing: () => void;
  readonly random?: () => number;
}

const shortest = 1000;
const longest = 60_000;

/** Doubles, and spreads: after a restart of the server not everybody comes back in the same moment. */
export function pauseBefore(attempt: number, random: number): number {
  return Math.min(longest, shortest * 2 ** attempt) * (0.5 + random / 2);
}

/** Keeps a socket open for as long as the vault is. */
export class Live {
  readonly #deps: LiveDependencies;
  readonly #store = new Store<LiveState>({ status: "off" });

  constructor(deps: LiveDependencies) {
    this.#deps = deps;
  }

  getSnapshot = (): LiveStatus => this.#store.get().status;
  subscribe = this.#store.subscribe;

  /** Returns what ends it. */
  start = (): (() => void) => {
    const stop = new AbortController();
    void this.#keep(stop.signal);
    return () => {
      stop.abort();
      this.#set("off");
    };
  };

  #set(status: LiveStatus): void {
    if (this.#store.get().status !== status) this.#store.set({ status });
  }

  async #keep(signal: AbortSignal): Promise<void> {
    this.#set("connecting");
    for (let attempt = 0; !signal.aborted; attempt++) {
      const stood = await this.#once(signal);
      if (signal.aborted) return;
      this.#set("interrupted");
      if (stood) attempt = 0;
      if (attempt === 2) this.#deps.onFailing();
      await pause(pauseBefore(attempt, (this.#deps.random ?? Math.random)()), signal);
    }
  }

  /** Until the socket ends. Tells whether there was one. */
  async #once(signal: AbortSignal): Promise<boolean> {
    const { open, token, onMessage, onConnected } = this.#deps;
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    signal.addEventListener("abort", close, { once: true });
    try {
      const line = await open({
        token,
        onMessage: (message) => !signal.aborted && onMessage(message),
        onClosed: close,
      });
      if (!signal.aborted) {
        this.#set("live");
        onConnected();
        await closed;
      }
      line.close();
      return true;
    } catch {
      return false;
    } finally {
      signal.removeEventListener("abort", close);
    }
  }
}

/** Shorter when the machine is back in the net, or somebody back at the page. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const back = () => document.visibilityState === "visible" && done();
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", back);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", back);
  });
}
