import type { VaultTimeout } from "./state";

const checkEvery = 5000;

/** Calls `expire` when nobody did anything for as long as the timeout says. */
export function createIdle(timeout: () => VaultTimeout, expire: () => void, now: () => number) {
  let last = now();
  let timer: ReturnType<typeof setInterval> | null = null;

  function check(): void {
    const limit = timeout();
    if (limit !== "never" && now() - last >= limit * 60_000) expire();
  }

  return {
    note: () => {
      // A sleeping machine runs no timers: whoever wakes it must not revive what has run out.
      check();
      last = now();
    },
    check,
    start: () => {
      last = now();
      timer ??= setInterval(check, checkEvery);
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
