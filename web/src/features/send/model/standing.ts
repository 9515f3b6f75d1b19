import type { SendListItem } from "@/crypto/model/sends";

/** Whether a link leads to something at the moment, and if not, why. */
export type Standing = "open" | "disabled" | "expired" | "usedUp" | "broken";

type Judged = Pick<
  SendListItem,
  "broken" | "disabled" | "expirationDate" | "deletionDate" | "accessCount" | "maxAccessCount"
>;

export function standingOf(send: Judged, now: number): Standing {
  if (send.broken) {
    return "broken";
  }
  if (send.disabled) {
    return "disabled";
  }
  if (send.expirationDate && Date.parse(send.expirationDate) <= now) {
    return "expired";
  }
  return send.maxAccessCount !== null && send.accessCount >= send.maxAccessCount ? "usedUp" : "open";
}

const soon = 48 * 3_600_000;

/** The next moment at which the link stops to lead anywhere. */
export function nextEnd({ expirationDate, deletionDate }: Judged): string {
  return expirationDate && Date.parse(expirationDate) < Date.parse(deletionDate)
    ? expirationDate
    : deletionDate;
}

/** Ends within two days. */
export function endsSoon(send: Judged, now: number): boolean {
  return standingOf(send, now) === "open" && Date.parse(nextEnd(send)) - now <= soon;
}

/** The server deletes it within minutes; it leads nowhere already. */
export const isPast = (send: Judged, now: number): boolean => Date.parse(send.deletionDate) <= now;

export const filters = ["all", "text", "file", "ending", "disabled"] as const;
export type Filter = (typeof filters)[number];

export const parseFilter = (text: string | undefined): Filter =>
  filters.find((filter) => filter === text) ?? "all";

export function passes(send: SendListItem, filter: Filter, now: number): boolean {
  switch (filter) {
    case "all":
      return true;
    case "text":
    case "file":
      return send.type === filter;
    case "ending":
      return endsSoon(send, now);
    case "disabled":
      return standingOf(send, now) !== "open";
  }
}

const fold = (text: string) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** Those in whose name, file name or addresses every word occurs. */
export function searchSends(sends: readonly SendListItem[], query: string): SendListItem[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return sends.filter((send) => {
    const emails = send.protection.kind === "emails" ? send.protection.emails : [];
    const text = fold([send.name, send.file?.name ?? "", ...emails].join("\n"));
    return words.every((word) => text.includes(word));
  });
}
