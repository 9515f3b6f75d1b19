import type { Member } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { occupiedSeats, seatsLeft } from "../overview/standing";
import { useConsole } from "../scope";

/** How many seats are used and left; only the people where there is no limit. */
export function Seats({ members }: { members: readonly Member[] }) {
  const t = useT();
  const format = useFormat();
  const { summary, rights } = useConsole();
  const left = seatsLeft(summary.seats, members);
  // Who may only recover accounts is given a part of the people.
  if (!rights.can("readMembers") || left === null || typeof summary.seats !== "number") {
    return t("client.peopleCount", { count: members.length });
  }
  const used = t("console.overview.seatsUsed", {
    used: format.number(occupiedSeats(members)),
    seats: format.number(summary.seats),
  });
  return `${used} · ${t("console.overview.seatsLeft", { count: left })}`;
}
