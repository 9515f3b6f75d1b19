import { useVault } from "@/app/hooks";
import { useConsole } from "../scope";

/** The name of the provider that looks after the organization; null when nobody does. */
export function useManagedBy(): string | null {
  const { organizationId, by } = useConsole();
  const own = useVault((state) => state.organizations).find(({ id }) => id === organizationId);
  if (by.kind === "provider") {
    return by.providerName;
  }
  return own?.providerId ? (own.providerName ?? "") : null;
}
