import { useEffect, useSyncExternalStore } from "react";
import { explain } from "@/app/errors";
import { session } from "@/app/services";
import { currentT } from "@/i18n";
import { toast } from "@/ui/Toast";
import { type Transfer, Transfers } from "./transfers";

/** One list for the page, so that files go on while other items are looked at. */
export const transfers = new Transfers();

/** Items that somebody is looking at, who sees by themselves what becomes of their files. */
const watched = new Set<string>();

transfers.onFailed = ({ itemId, kind, name, error }) => {
  if (watched.has(itemId)) return;
  const t = currentT();
  toast({ title: t(`attachment.failed.${kind}`, { name }), text: explain(error, t), mood: "bad" });
};

session.subscribe(() => {
  // A lock lets go on what is encrypted already; the end of the session ends everything.
  if (session.getSnapshot().status === "loggedOut") transfers.clear();
});

function ask(event: BeforeUnloadEvent) {
  event.preventDefault();
}
let asking = false;
transfers.subscribe(() => {
  if (transfers.running === asking) return;
  asking = transfers.running;
  if (asking) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
});

export function useTransfers(itemId: string): readonly Transfer[] {
  const all = useSyncExternalStore(transfers.subscribe, transfers.getSnapshot);
  useEffect(() => {
    watched.add(itemId);
    return () => void watched.delete(itemId);
  }, [itemId]);
  return all.filter((transfer) => transfer.itemId === itemId);
}
