const every = 30_000;
const everyWhenCalm = 5 * 60_000;

/**
 * Asks every 30 s while somebody can see the page, and at once when they come back to it. While it is calm, every
 * five minutes are enough.
 */
export function poll(ask: () => Promise<void>, calm: () => boolean = () => false): () => void {
  let asking = false;
  let last = Date.now();
  async function tick(): Promise<void> {
    if (asking || document.visibilityState !== "visible") return;
    asking = true;
    last = Date.now();
    try {
      await ask();
    } catch {
      // The next tick asks again; a session that is over has already been noticed by the tokens.
    } finally {
      asking = false;
    }
  }
  const onVisible = () => void tick();
  const timer = setInterval(() => {
    if (!calm() || Date.now() - last >= everyWhenCalm) void tick();
  }, every);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
