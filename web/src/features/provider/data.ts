import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { useVault } from "@/app/hooks";
import { api, clientVault } from "@/app/services";
import type { OrgId, ProviderId } from "@/crypto/model/ids";

/** Keys of cached answers, in one place so that what writes can refresh what it changed. */
export const keys = {
  clients: (provider: ProviderId) => ["provider", provider, "clients"] as const,
  members: (organization: OrgId) => ["organization", organization, "members"] as const,
};

export function useClients(provider: ProviderId) {
  return useQuery({
    queryKey: keys.clients(provider),
    queryFn: ({ signal }) => api.providers.clients(provider, { signal }),
  });
}

export function useMembers(organization: OrgId) {
  return useQuery({
    queryKey: keys.members(organization),
    queryFn: ({ signal }) => api.organizations.members(organization, { signal }),
    // Somebody may accept at this moment, and the technician waits for it.
    staleTime: 0,
    refetchInterval: 15_000,
  });
}

export function useProvider(id: ProviderId) {
  return useVault((state) => state.providers).find((provider) => provider.id === id);
}

/** A client's decrypted items and collections. */
export function useClientVault(organization: OrgId) {
  const client = useMemo(() => clientVault(organization), [organization]);
  const state = useSyncExternalStore(client.subscribe, client.getSnapshot);
  return { client, state };
}
