import { useQuery } from "@tanstack/react-query";
import { api } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";
import { usePortal } from "../scope";

/** Keys of cached answers about the team. */
export const staffKeys = {
  team: (provider: ProviderId) => ["provider", provider, "team"] as const,
};

export function useTeam() {
  const { providerId } = usePortal();
  return useQuery({
    queryKey: staffKeys.team(providerId),
    queryFn: ({ signal }) => api.staff.list(providerId, { signal }),
    // Somebody may accept at this moment, and whoever invited them waits for it.
    staleTime: 0,
    refetchInterval: 15_000,
  });
}
