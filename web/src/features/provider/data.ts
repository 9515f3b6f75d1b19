import { useQuery } from "@tanstack/react-query";
import { api } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";

/** Keys of cached answers, in one place so that what writes can refresh what it changed. */
export const keys = {
  clients: (provider: ProviderId) => ["provider", provider, "clients"] as const,
};

export function useClients(provider: ProviderId) {
  return useQuery({
    queryKey: keys.clients(provider),
    queryFn: ({ signal }) => api.providers.clients(provider, { signal }),
  });
}
