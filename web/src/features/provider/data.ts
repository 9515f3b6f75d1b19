import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Tag } from "@/api/clients";
import { api } from "@/app/services";
import type { ProviderId, TagId } from "@/crypto/model/ids";
import type { PlanSeats } from "./clients/seats";
import { usePortal } from "./scope";

/** Keys of cached answers, in one place so that what writes can refresh what it changed. */
export const keys = {
  all: (provider: ProviderId) => ["provider", provider] as const,
  address: (provider: ProviderId) => ["provider", provider, "address"] as const,
  clients: (provider: ProviderId) => ["provider", provider, "clients"] as const,
  overview: (provider: ProviderId) => ["provider", provider, "overview"] as const,
  record: (provider: ProviderId) => ["provider", provider, "record"] as const,
  subscription: (provider: ProviderId) => ["provider", provider, "subscription"] as const,
  tags: (provider: ProviderId) => ["provider", provider, "tags"] as const,
};

/** Everything that the portal has loaded is asked for again: an act on a client shows in many places. */
export function useRefresh(): () => Promise<void> {
  const { providerId } = usePortal();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keys.all(providerId) });
}

export function useClients(provider: ProviderId) {
  return useQuery({
    queryKey: keys.clients(provider),
    queryFn: ({ signal }) => api.clients.list(provider, { signal }),
  });
}

/** What the provider is called, and who gets its bills. */
export function useRecord(provider: ProviderId) {
  return useQuery({
    queryKey: keys.record(provider),
    queryFn: ({ signal }) => api.providers.get(provider, { signal }),
    refetchOnWindowFocus: false,
  });
}

/** Where its bills go; null until somebody has entered it. */
export function useAddress(provider: ProviderId) {
  return useQuery({
    queryKey: keys.address(provider),
    queryFn: ({ signal }) => api.billing.address(provider, { signal }),
    refetchOnWindowFocus: false,
  });
}

export function useOverview() {
  const { providerId } = usePortal();
  return useQuery({
    queryKey: keys.overview(providerId),
    queryFn: ({ signal }) => api.overview.get(providerId, { signal }),
    // What needs somebody should show without being asked for.
    refetchInterval: 60_000,
  });
}

/** The provider's tags in the order of their names, as far as this person reaches clients with them. */
export function useTags(provider: ProviderId) {
  return useQuery({
    queryKey: keys.tags(provider),
    queryFn: ({ signal }) => api.clients.tags(provider, { signal }),
  });
}

export function useTagNames(provider: ProviderId): ReadonlyMap<TagId, string> {
  const { data } = useTags(provider);
  return useMemo(() => namesOf(data ?? []), [data]);
}

const namesOf = (tags: readonly Tag[]) => new Map(tags.map(({ id, name }) => [id, name]));

/** How the provider's plans stand; none while they are being loaded. */
export function usePlanSeats(): readonly PlanSeats[] {
  const { providerId } = usePortal();
  const { data } = useQuery({
    queryKey: keys.subscription(providerId),
    queryFn: ({ signal }) => api.fleet.subscription(providerId, { signal }),
  });
  return useMemo(
    () =>
      (data?.plans ?? []).map(({ type, seatMinimum, assignedSeats, purchasedSeats }) => ({
        type,
        seatMinimum,
        assigned: assignedSeats,
        purchased: purchasedSeats,
      })),
    [data],
  );
}
