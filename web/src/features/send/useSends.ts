import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useVault } from "@/app/hooks";
import { vault } from "@/app/services";
import type { SendListItem, SendView } from "@/crypto/model/sends";
import { sendRules } from "./model/rules";
import { isPast } from "./model/standing";

/** The present moment, again every half minute: what is about to end ends before somebody's eyes. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** One's Sends without those that are being deleted. */
export function useSends(now: number): readonly SendListItem[] {
  const sends = useVault((state) => state.sends);
  return useMemo(() => sends.filter((send) => !isPast(send, now)), [sends, now]);
}

/** What one's organizations allow. */
export function useSendRules() {
  const organizations = useVault((state) => state.organizations);
  const policies = useVault((state) => state.policies);
  return useMemo(() => sendRules(organizations, policies), [organizations, policies]);
}

/** With text and notes, decrypted for as long as somebody looks at it. */
export function useOpenSend({ id, revisionDate }: Pick<SendListItem, "id" | "revisionDate">) {
  return useQuery({
    queryKey: ["send", id, revisionDate],
    queryFn: async () => (await vault.sends()).open(id),
    // What stood there stays until its next version is decrypted, so that nothing jumps.
    placeholderData: (before: SendView | undefined) => (before?.id === id ? before : undefined),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The link as the clipboard gets it; nowhere else is it written. */
export const linkOf = async (id: SendListItem["id"]): Promise<string> =>
  (await vault.sends()).link(id, `${location.origin}${location.pathname.replace(/\/$/, "")}`);
