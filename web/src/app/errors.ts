import { ApiError, NetworkError } from "@/api";
import { CryptoError } from "@/crypto/error";
import { currentT, type T } from "@/i18n";
import { toast } from "@/ui/Toast";

function isAbort(error: unknown): boolean {
  return (
    (error instanceof DOMException && error.name === "AbortError") ||
    (error instanceof CryptoError && error.kind === "aborted")
  );
}

/** What a person should read about an error; the server's own sentence wins. */
export function explain(error: unknown, t: T): string {
  if (error instanceof NetworkError) {
    return t("errors.network");
  }
  if (error instanceof ApiError) {
    return error.message;
  }
  if (error instanceof CryptoError) {
    return t(`errors.crypto.${error.kind}`);
  }
  return t("errors.unexpected");
}

/** The one end of every failed act: says what did not happen and why. Aborts are silence. */
export function handleError(error: unknown, what: string): void {
  if (isAbort(error)) {
    return;
  }
  toast({ title: what, text: explain(error, currentT()), mood: "bad" });
}
