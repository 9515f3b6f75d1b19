import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { api, live, onMessage } from "@/app/services";
import { standingOf } from "./standing";

export const requestsKey = ["authRequests"] as const;

/** Of the protocol: a device asks, somebody has answered. */
const about: ReadonlySet<number> = new Set([15, 16]);

/** The time, often enough to say that something has expired. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What asked for approval in the last quarter of an hour, with what became of it. */
export function useRequests() {
  const queries = useQueryClient();
  const heard = useSyncExternalStore(live.subscribe, live.getSnapshot);
  const now = useNow();
  const answer = useQuery({
    queryKey: requestsKey,
    queryFn: async ({ signal }) => (await api.authRequests()).list({ signal }),
    // Without a socket nothing is heard.
    refetchInterval: heard === "live" ? false : 30_000,
  });
  useEffect(
    () =>
      onMessage(({ type }) => {
        if (about.has(type)) void queries.invalidateQueries({ queryKey: requestsKey });
      }),
    [queries],
  );
  // What happened before the socket stood was not heard.
  useEffect(() => {
    if (heard === "live") void queries.invalidateQueries({ queryKey: requestsKey });
  }, [heard, queries]);
  const requests = answer.data?.map((request) => ({ ...request, standing: standingOf(request, now) }));
  return { ...answer, requests };
}

export type Request = NonNullable<ReturnType<typeof useRequests>["requests"]>[number];
