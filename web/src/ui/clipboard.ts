const clearAfterMs = 30_000;
let pending: ReturnType<typeof setTimeout> | undefined;

/** Copies a value and empties the clipboard after half a minute, unless something else was copied here since. */
export async function copySecret(value: string): Promise<void> {
  await navigator.clipboard.writeText(value);
  clearTimeout(pending);
  pending = setTimeout(clear, clearAfterMs);
}

/** Copies something that is no secret; it stays. */
export async function copyText(value: string): Promise<void> {
  clearTimeout(pending);
  await navigator.clipboard.writeText(value);
}

function clear() {
  if (document.hasFocus()) {
    navigator.clipboard.writeText("").catch(() => clearOnReturn());
    return;
  }
  clearOnReturn();
}

// A page in the background may not write to the clipboard; the next moment in the foreground does it.
function clearOnReturn() {
  window.addEventListener("focus", () => void navigator.clipboard.writeText("").catch(() => undefined), {
    once: true,
  });
}
