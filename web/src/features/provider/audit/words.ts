import type { AuditRecord } from "@/api/audit";
import { sentenceOf, shortId, subjectOf } from "@/features/console/events/words";
import type { T } from "@/i18n";
import type { PlaceSearch } from "../place";

/** Kinds that read otherwise here, where the log of the provider and those of its clients are one. */
const ownKinds = [
  ...([1603, 1800, 1801, 1802, 1803, 1880, 1881, 1882, 1883, 1890, 1891] as const),
  ...([1900, 1901, 1902, 1903] as const),
] as const;
const isOwn = (type: number): type is (typeof ownKinds)[number] =>
  (ownKinds as readonly number[]).includes(type);

export type Actor = {
  readonly name: string;
  readonly email: string;
  /** Whom one can filter by; programs and systems have none. */
  readonly userId: string | null;
};

/** Who did it: a person, a program with an API key, or the server itself. */
export function actorOf(record: AuditRecord, self: string | null, t: T): Actor {
  const { actingUserId, userId, systemUser } = record;
  if (actingUserId) {
    const name =
      record.actingUserName ?? record.actingUserEmail ?? t("audit.gone", { id: shortId(actingUserId) });
    return {
      name: actingUserId === self ? t("events.you", { name }) : name,
      email: record.actingUserEmail ?? "",
      userId: actingUserId,
    };
  }
  if (record.apiKeyId) {
    const name = record.apiKeyName ?? shortId(record.apiKeyId);
    return { name: t("audit.byKey", { name }), email: "", userId: null };
  }
  if (systemUser !== null && systemUser >= 1 && systemUser <= 5) {
    return { name: t(`events.system.${systemUser as 1 | 2 | 3 | 4 | 5}`), email: "", userId: null };
  }
  if (userId) {
    const name = record.userName ?? record.userEmail ?? t("audit.gone", { id: shortId(userId) });
    return { name, email: record.userEmail ?? "", userId };
  }
  return { name: t("events.nobody"), email: "", userId: null };
}

/** A sentence, cut where the name of what it is about stands; without a name it is all in front. */
export type Sentence = { readonly before: string; readonly name: string; readonly after: string };

export function wordsOf(record: AuditRecord, t: T): Sentence {
  if (isOwn(record.type)) {
    const mark = "\u0000";
    const text = t(`audit.type.${record.type}`, { what: mark });
    const [before = "", after] = text.split(mark);
    return { before, name: after === undefined ? "" : ownSubject(record), after: after ?? "" };
  }
  const { before, after, named } = sentenceOf(record.type, t);
  return { before, after, name: named ? subjectName(record) : "" };
}

export const inOneLine = ({ before, name, after }: Sentence): string => `${before}${name}${after}`;

function ownSubject(record: AuditRecord): string {
  if (record.type >= 1900) {
    return record.clientName ?? shortId(record.providerOrganizationId ?? "–");
  }
  if (record.type >= 1890) {
    return record.apiKeyName ?? shortId(record.apiKeyId ?? "–");
  }
  return record.userName ?? record.userEmail ?? shortId(record.providerUserId ?? "–");
}

/** Names of items and collections are the client's secret: their ids stand for them. */
function subjectName(record: AuditRecord): string {
  const subject = subjectOf(record);
  if (!subject) {
    return "–";
  }
  if (subject.kind === "member") {
    return record.userName ?? record.userEmail ?? shortId(subject.id);
  }
  return subject.kind === "domain" ? subject.id : shortId(subject.id);
}

/** Where the subject can be looked at: a section of its client's console. */
export function placeOf(record: AuditRecord): { tab: string; search: PlaceSearch } | null {
  const subject = record.clientId ? subjectOf(record) : null;
  switch (subject?.kind) {
    case "item":
      return { tab: "items", search: { item: subject.id } };
    case "collection":
      return { tab: "items", search: { collection: subject.id } };
    case "group":
      return { tab: "groups", search: { group: subject.id } };
    case "member":
      return { tab: "people", search: { member: subject.id } };
    case "policy":
      return { tab: "policies", search: {} };
    case "domain":
      return { tab: "settings", search: {} };
    default:
      return null;
  }
}
