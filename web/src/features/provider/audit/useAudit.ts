import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AuditQuery, AuditRecord } from "@/api/audit";
import { api } from "@/app/services";
import type { ProviderId } from "@/crypto/model/ids";
import { usePortal } from "../scope";

/** The one log over the provider and all of its clients, page by page, the newest first. */
export function useAudit(query: AuditQuery, enabled: boolean) {
  const { providerId } = usePortal();
  const pages = useInfiniteQuery({
    queryKey: ["provider", providerId, "audit", query],
    queryFn: ({ pageParam, signal }) =>
      api.audit.page(providerId, { ...query, continuationToken: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.continuationToken ?? undefined,
    staleTime: 0,
    gcTime: 0,
    enabled,
  });
  const records = useMemo(() => (pages.data?.pages ?? []).flatMap((page) => page.data), [pages.data]);
  return { ...pages, records };
}

/** All of it, for a file. Says how much was read so far. */
export async function readAll(
  provider: ProviderId,
  query: AuditQuery,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<AuditRecord[]> {
  const all: AuditRecord[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await api.audit.page(provider, { ...query, continuationToken }, { signal });
    all.push(...page.data);
    onProgress(all.length);
    continuationToken = page.continuationToken ?? undefined;
  } while (continuationToken);
  return all;
}
