import type { EventRecord } from "@/api";
import type { T } from "@/i18n";
import { csvOf } from "../csv";
import { deviceName } from "./device";
import type { Names } from "./names";

/** The log as a table for spreadsheets: what the page shows, with the ids that it does not. */
export function logAsCsv(events: readonly EventRecord[], names: Names, t: T): string {
  const header = [
    t("events.columns.message"),
    t("events.columns.client"),
    t("events.columns.userId"),
    t("events.columns.userName"),
    t("events.columns.userEmail"),
    t("events.columns.date"),
    t("events.columns.ip"),
    t("events.columns.type"),
  ];
  const rows = events.map((event) => {
    const { userId, name, email } = names.who(event);
    return [
      ...[names.sentence(event), deviceName(event.deviceType, t), userId, name, email],
      ...[event.date, event.ipAddress ?? "", event.type],
    ];
  });
  return csvOf(header, rows);
}
