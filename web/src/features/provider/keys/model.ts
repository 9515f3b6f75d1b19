import type { ProviderKey } from "@/api/providerKeys";

const day = 86_400_000;
/** How long a key may be good, in days; null for ever. */
export const spans = [30, 90, 365, null] as const;
export type Span = (typeof spans)[number];

export const expiryOf = (span: Span, now: Date): string | null =>
  span === null ? null : new Date(now.getTime() + span * day).toISOString();

export type Standing = "good" | "ending" | "ended";

/** A fortnight is time enough to make a new one. */
export function standingOf({ expirationDate }: Pick<ProviderKey, "expirationDate">, now: Date): Standing {
  if (expirationDate === null) {
    return "good";
  }
  const left = new Date(expirationDate).getTime() - now.getTime();
  return left <= 0 ? "ended" : left <= 14 * day ? "ending" : "good";
}
