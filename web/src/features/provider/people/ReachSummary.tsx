import { CalendarClock } from "lucide-react";
import type { StaffMember } from "@/api/staff";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useClients, useTags } from "../data";
import { usePortal } from "../scope";
import { lastMoment, reachingOf } from "./model";

const none: readonly never[] = [];

/** How many clients somebody reaches, and until when, on one line. */
export function ReachSummary({ person }: { person: StaffMember }) {
  const t = useT();
  const format = useFormat();
  const { providerId } = usePortal();
  const clients = useClients(providerId);
  const tags = useTags(providerId);
  if (person.type === 0) {
    return t("staff.allClients");
  }
  const { all, ended, count, ends } = reachingOf(person, clients.data ?? none, tags.data ?? none, new Date());
  if (ended) {
    return (
      <span className="text-bad">
        {t("staff.ended", { date: format.date(lastMoment(person.until ?? "")) })}
      </span>
    );
  }
  return (
    <span>
      {all ? t("staff.allClients") : clients.data && tags.data ? t("staff.someClients", { count }) : "…"}
      {ends ? (
        <span className="text-muted">
          {" "}
          <CalendarClock className="inline size-3.5 align-[-2px]" aria-hidden />{" "}
          {t(person.until === ends ? "staff.until" : "staff.partUntil", {
            date: format.date(lastMoment(ends)),
          })}
        </span>
      ) : null}
    </span>
  );
}
