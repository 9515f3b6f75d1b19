import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FleetPerson, FleetQuery } from "@/api/audit";
import { api } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";
import { usePortal } from "../scope";

/** People of all clients, page by page. */
export function useFound(query: FleetQuery, enabled: boolean) {
  const { providerId } = usePortal();
  const pages = useInfiniteQuery({
    queryKey: ["provider", providerId, "found", query],
    queryFn: ({ pageParam, signal }) =>
      api.audit.people(providerId, { ...query, continuationToken: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.continuationToken ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    enabled,
  });
  const people = useMemo(() => (pages.data?.pages ?? []).flatMap((page) => page.data), [pages.data]);
  return { ...pages, people, total: pages.data?.pages[0]?.total ?? 0 };
}

/** All of them, for a file. */
export async function readAllFound(provider: ProviderId, query: FleetQuery): Promise<FleetPerson[]> {
  const all: FleetPerson[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await api.audit.people(provider, { ...query, continuationToken });
    all.push(...page.data);
    continuationToken = page.continuationToken ?? undefined;
  } while (continuationToken);
  return all;
}
