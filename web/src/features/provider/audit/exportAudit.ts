import type { AuditRecord } from "@/api/audit";
import { csvOf } from "@/features/console/csv";
import { deviceName } from "@/features/console/events/device";
import type { T } from "@/i18n";
import { actorOf, inOneLine, wordsOf } from "./words";

/** The log as a table for spreadsheets: what the page shows, with the ids that it does not. */
export function auditAsCsv(records: readonly AuditRecord[], provider: string, t: T): string {
  const header = [
    t("events.columns.date"),
    t("baselines.client"),
    t("events.columns.message"),
    t("events.columns.userName"),
    t("events.columns.userEmail"),
    t("events.columns.userId"),
    t("events.columns.client"),
    t("events.columns.ip"),
    t("events.columns.type"),
    t("audit.id"),
  ];
  const rows = records.map((record) => {
    const { name, email, userId } = actorOf(record, null, t);
    return [
      ...[record.date, record.clientName ?? provider, inOneLine(wordsOf(record, t))],
      ...[name, email, userId ?? "", deviceName(record.deviceType, t)],
      ...[record.ipAddress ?? "", record.type, record.id],
    ];
  });
  return csvOf(header, rows);
}
