import { useMemo } from "react";
import type { Access } from "@/api";
import { useT } from "@/i18n";
import type { Choice } from "../access/AccessSelector";
import { useGroups, useMembers } from "../data";
import { useConsole } from "../scope";

type Locks = { readonly people: boolean; readonly groups: boolean };

/** The people and groups that access can be given to; whom one may not touch is locked, and says why. */
export function useAccessChoices(locks: Locks) {
  const t = useT();
  const { summary, by } = useConsole();
  const members = useMembers();
  const groups = useGroups();
  const self = by.kind === "member" ? by.memberId : null;
  // Whoever is kept out by the settings cannot let themselves in.
  const keptOut = summary.allowAdminAccessToAllCollectionItems === false;
  const choices = useMemo<Choice[]>(
    () => [
      ...(groups.data ?? []).map(({ id, name }) => ({
        ...{ id, name, kind: "group" as const },
        locked: locks.groups ? t("collections.groupsLocked") : undefined,
      })),
      ...(members.data ?? []).map(({ id, name, email, avatarColor }) => ({
        ...{ id, kind: "person" as const, name: name ?? email, color: avatarColor },
        note: name ? email : undefined,
        locked: locks.people
          ? t("collections.accessLocked")
          : keptOut && id === self
            ? t("collections.notYourself")
            : undefined,
      })),
    ],
    [t, groups.data, members.data, locks.groups, locks.people, keptOut, self],
  );
  const groupIds = useMemo(() => new Set((groups.data ?? []).map(({ id }): string => id)), [groups.data]);
  return {
    choices,
    members: members.data ?? [],
    isPending: members.isPending || groups.isLoading,
    error: members.error ?? groups.error,
    /** Parts a common list again, as it is sent. */
    split: (value: readonly Access[]) => ({
      groups: value.filter(({ id }) => groupIds.has(id)),
      users: value.filter(({ id }) => !groupIds.has(id)),
    }),
  };
}
