import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";
import { usePortal } from "../scope";

const keys = {
  all: (provider: ProviderId) => ["provider", provider, "baselines"] as const,
  drift: (provider: ProviderId) => ["provider", provider, "baselines", "drift"] as const,
};

export function useBaselines() {
  const { providerId } = usePortal();
  return useQuery({
    queryKey: keys.all(providerId),
    queryFn: ({ signal }) => api.baselines.list(providerId, { signal }),
    staleTime: 0,
    // Somebody at a client may change a policy at this moment.
    refetchInterval: 60_000,
  });
}

/** How every governed client stands, as far as one reaches it. */
export function useDrift() {
  const { providerId } = usePortal();
  return useQuery({
    queryKey: keys.drift(providerId),
    queryFn: ({ signal }) => api.baselines.drift(providerId, { signal }),
    staleTime: 0,
    // Somebody at a client may change a policy at this moment.
    refetchInterval: 60_000,
  });
}

/** What changes a baseline, its assignments or a client changes counts and drift everywhere in the portal. */
export function useRefresh() {
  const queries = useQueryClient();
  const { providerId } = usePortal();
  return () => queries.invalidateQueries({ queryKey: ["provider", providerId] });
}
