const every = 30_000;

/** Asks every 30 s while somebody can see the page, and at once when they come back to it. */
export function poll(ask: () => Promise<void>): () => void {
  let asking = false;
  async function tick(): Promise<void> {
    if (asking || document.visibilityState !== "visible") return;
    asking = true;
    try {
      await ask();
    } catch {
      // The next tick asks again; a session that is over has already been noticed by the tokens.
    } finally {
      asking = false;
    }
  }
  const onVisible = () => void tick();
  const timer = setInterval(onVisible, every);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
