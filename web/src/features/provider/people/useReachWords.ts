import type { StaffReach } from "@/api/staff";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useClients, useTags } from "../data";
import { usePortal } from "../scope";
import { isOver, lastMoment, reachingOf } from "./model";

const none: readonly never[] = [];

/** What a reach means, in sentences: how many clients, by what, what comes with new clients, and when it ends. */
export function useReachWords(reach: StaffReach): { text: string; empty: boolean } {
  const t = useT();
  const format = useFormat();
  const { providerId } = usePortal();
  const clients = useClients(providerId).data ?? none;
  const tags = useTags(providerId).data ?? none;
  const now = new Date();
  const { all, ended, count, byName, byTag, tags: by } = reachingOf(reach, clients, tags, now);
  if (ended) {
    return { text: t("staff.words.ended"), empty: true };
  }
  const dated = reach.assigned
    ? [...reach.clients, ...reach.tags].filter(({ until }) => until !== null && !isOver(until, now)).length
    : 0;
  const sentences = [
    all
      ? t("staff.words.all", { count })
      : count === 0
        ? t("staff.words.none")
        : t("staff.words.some", { count, total: format.number(clients.length) }),
    byName > 0 && byTag > 0 ? t("staff.words.split", { named: byName, tagged: byTag }) : null,
    all
      ? t("staff.words.newToo")
      : by.length > 0
        ? t("staff.words.newTagged", { tags: by.join(", ") })
        : null,
    !all && count > 0 ? t("staff.words.othersHidden") : null,
    dated > 0 ? t("staff.words.dated", { count: dated }) : null,
    reach.until ? t("staff.words.until", { date: format.date(lastMoment(reach.until)) }) : null,
  ];
  return { text: sentences.filter(Boolean).join(" "), empty: count === 0 };
}
