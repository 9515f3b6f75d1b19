import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EventRecord } from "@/api";
import type { EventQuery, LogOf } from "@/api/events";
import { api } from "@/app/services";

/** A log page by page, the newest first. */
export function useLog(log: LogOf, query: EventQuery, enabled = true) {
  const pages = useInfiniteQuery({
    queryKey: ["events", log, query],
    queryFn: ({ pageParam, signal }) =>
      api.events.page(log, { ...query, continuationToken: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.continuationToken ?? undefined,
    staleTime: 0,
    gcTime: 0,
    enabled,
  });
  const events = useMemo(() => (pages.data?.pages ?? []).flatMap((page) => page.data), [pages.data]);
  return { ...pages, events };
}

/** All of it, for a file. Says how much was read so far. */
export async function readAll(
  log: LogOf,
  query: EventQuery,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<EventRecord[]> {
  const all: EventRecord[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await api.events.page(log, { ...query, continuationToken }, { signal });
    all.push(...page.data);
    onProgress(all.length);
    continuationToken = page.continuationToken ?? undefined;
  } while (continuationToken);
  return all;
}
