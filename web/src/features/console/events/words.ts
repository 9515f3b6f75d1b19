import type { EventRecord } from "@/api";
import type { T } from "@/i18n";

/** The kinds that there are words for, first and last of each row. */
const worded: readonly (readonly [number, number])[] = [
  [1000, 1011],
  [1100, 1132],
  [1300, 1302],
  [1400, 1402],
  [1500, 1526],
  [1600, 1630],
  [1700, 1700],
  [1800, 1803],
  [1900, 1903],
  [2000, 2003],
  [2100, 2105],
  [2200, 2203],
  [2300, 2305],
  [2400, 2402],
  [2500, 2511],
];

export const knownTypes: readonly number[] = worded.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index),
);
const known = new Set(knownTypes);

/** What an event was done to. */
export type Subject =
  | { readonly kind: "item" | "collection" | "group" | "member" | "policy"; readonly id: string }
  | { readonly kind: "domain"; readonly id: string };

export function subjectOf(event: EventRecord): Subject | null {
  const family = Math.floor(event.type / 100);
  const found = {
    11: ["item", event.cipherId],
    13: ["collection", event.collectionId],
    14: ["group", event.groupId],
    15: ["member", event.organizationUserId],
    17: ["policy", event.policyId],
    20: ["domain", event.domainName],
  }[family] as [Subject["kind"], string | null] | undefined;
  return found?.[1] ? { kind: found[0], id: found[1] } : null;
}

/** As official clients show ids that they have no name for. */
export const shortId = (id: string): string => id.slice(0, 8);

/** An event in words, cut where the name of its subject stands: what is before, and what is after. */
export function sentenceOf(type: number, t: T): { before: string; after: string; named: boolean } {
  if (!known.has(type)) {
    return { before: t("events.unknown", { type }), after: "", named: false };
  }
  const mark = "\u0000";
  // Every sentence of a type is of this form; the key is one of many.
  const text = t(`events.type.${type}` as "events.type.1100", { what: mark });
  const [before = "", after] = text.split(mark);
  return { before, after: after ?? "", named: after !== undefined };
}
