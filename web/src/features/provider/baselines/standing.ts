import type { ClientDrift, Difference } from "@/api/baselines";

/** What differs and nobody at the client has decided so: what applying the baseline would change. */
export const openDifferences = ({ differences }: Pick<ClientDrift, "differences">): Difference[] =>
  differences.filter(({ deviation }) => deviation === null);

export type Standing = "inLine" | "drifted" | "deviates";

/** In one word; accepted deviations alone are no drift. */
export function standingOf(drift: Pick<ClientDrift, "differences">): Standing {
  if (openDifferences(drift).length > 0) {
    return "drifted";
  }
  return drift.differences.length > 0 ? "deviates" : "inLine";
}

export const standings = ["drifted", "deviates", "inLine"] as const satisfies readonly Standing[];
