import { useMemo } from "react";
import type { EventRecord } from "@/api";
import { useSession } from "@/app/hooks";
import { type T, useT } from "@/i18n";
import { useCollections, useGroups, useStoreState } from "../data";
import { asPolicyType } from "../policies/catalogue";
import { usePolicies } from "../policies/usePolicies";
import { useConsole } from "../scope";
import { useManagedBy } from "../settings/useManagedBy";
import { usePeople } from "./usePeople";
import { type Subject, sentenceOf, shortId, subjectOf } from "./words";

export type Who = { readonly name: string; readonly email: string; readonly userId: string };

/** Everything that gives an id a name, as far as the person may know it. */
export type Names = {
  who: (event: EventRecord) => Who;
  what: (subject: Subject) => string;
  sentence: (event: EventRecord) => string;
};

export function useNames(): Names {
  const t = useT();
  const { by } = useConsole();
  const session = useSession();
  const self = session.status === "unlocked" ? session.account.userId : null;
  const members = usePeople().data;
  const groups = useGroups().data;
  const collections = useCollections().data;
  const policies = usePolicies().data;
  const { items } = useStoreState();
  const provider = useManagedBy() ?? (by.kind === "provider" ? by.providerName : "");

  return useMemo(() => {
    const people = new Map((members ?? []).map((member) => [member.userId ?? member.id, member]));
    const nameOf = new Map<string, string>([
      ...(members ?? []).map(({ id, name, email }) => [id, name ?? email] as const),
      ...(groups ?? []).map(({ id, name }) => [id, name] as const),
      ...(collections ?? []).filter(({ broken }) => !broken).map(({ id, name }) => [id, name] as const),
      ...items.filter(({ broken }) => !broken).map(({ id, name }) => [id, name] as const),
      ...(policies ?? []).flatMap(({ id, type }) => {
        const kind = asPolicyType(String(type));
        return id && kind !== null ? [[id, t(`policies.name.${kind}`)] as const] : [];
      }),
    ]);
    const what = ({ id, kind }: Subject) => (kind === "domain" ? id : (nameOf.get(id) ?? shortId(id)));
    return {
      who: (event) => whoOf(event, { people, provider, self, t }),
      what,
      sentence: (event) => {
        const { before, after, named } = sentenceOf(event.type, t);
        const subject = subjectOf(event);
        return named ? `${before}${subject ? what(subject) : "–"}${after}` : before;
      },
    };
  }, [t, members, groups, collections, policies, items, provider, self]);
}

type Known = {
  people: ReadonlyMap<string, { readonly name: string | null; readonly email: string }>;
  provider: string;
  self: string | null;
  t: T;
};

function whoOf(event: EventRecord, { people, provider, self, t }: Known): Who {
  const userId = event.actingUserId ?? event.userId ?? "";
  const member = people.get(userId);
  if (member) {
    const name = member.name ?? member.email;
    return { userId, name: userId === self ? t("events.you", { name }) : name, email: member.email };
  }
  if (event.providerId) {
    const name = t("events.provider", { name: provider });
    return { userId, name: userId === self ? t("events.you", { name }) : name, email: "" };
  }
  const system = event.systemUser;
  if (system !== null && system >= 1 && system <= 5) {
    return { userId, name: t(`events.system.${system as 1 | 2 | 3 | 4 | 5}`), email: "" };
  }
  const name = event.actingUserName
    ? t("events.left", { name: event.actingUserName })
    : userId
      ? t("events.former", { id: shortId(userId) })
      : t("events.nobody");
  return { userId, name, email: "" };
}
