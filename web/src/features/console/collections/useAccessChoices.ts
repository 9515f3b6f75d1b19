import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Access, Member } from "@/api";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import type { Choice } from "../access/AccessSelector";
import { keys } from "../data";
import { useConsole } from "../scope";

type Locks = { readonly people: boolean; readonly groups: boolean };

/** What is known about everybody, and what only about those whom one looks after. */
type Person = Pick<Member, "id" | "name" | "email"> & Partial<Pick<Member, "type" | "avatarColor">>;

const none: readonly Access[] = [];

/** Everybody who can be given access. Roles and addresses are for those who look after people; names for all. */
function usePeople() {
  const { organizationId, rights } = useConsole();
  const all = rights.can("readMembers");
  return useQuery({
    queryKey: all ? keys.members(organizationId) : [...keys.members(organizationId), "names"],
    queryFn: ({ signal }): Promise<readonly Person[]> =>
      all
        ? api.organizations.members(organizationId, { signal })
        : api.organizations.people(organizationId, { signal }),
  });
}

function useGroupNames() {
  const { organizationId, rights, summary } = useConsole();
  return useQuery({
    queryKey: [...keys.groups(organizationId), "names"],
    queryFn: ({ signal }) => api.groups.names(organizationId, { signal }),
    enabled: summary.useGroups === true && rights.can("readGroups"),
  });
}

/** The people and groups that access can be given to; whom one may not touch is locked, and says why. */
export function useAccessChoices(locks: Locks, grantedGroups: readonly Access[] = none) {
  const t = useT();
  const { summary, by } = useConsole();
  const people = usePeople();
  const groups = useGroupNames();
  const self = by.kind === "member" ? by.memberId : null;
  // Whoever is kept out by the settings cannot let themselves in.
  const keptOut = summary.allowAdminAccessToAllCollectionItems === false;
  const names = useMemo(() => {
    const known = new Map<string, string>((groups.data ?? []).map(({ id, name }) => [id, name]));
    // Groups that one may not even read by name keep their access.
    for (const { id } of grantedGroups) {
      known.set(id, known.get(id) ?? id.slice(0, 8));
    }
    return known;
  }, [groups.data, grantedGroups]);
  const choices = useMemo<Choice[]>(
    () => [
      ...Array.from(names, ([id, name]) => ({
        ...{ id, name, kind: "group" as const },
        locked: locks.groups ? t("collections.groupsLocked") : undefined,
      })),
      ...(people.data ?? []).map(({ id, name, email, avatarColor }) => ({
        ...{ id, kind: "person" as const, name: name ?? email },
        color: avatarColor,
        note: name ? email : undefined,
        locked: locks.people
          ? t("collections.accessLocked")
          : keptOut && id === self
            ? t("collections.notYourself")
            : undefined,
      })),
    ],
    [t, names, people.data, locks.groups, locks.people, keptOut, self],
  );
  return {
    choices,
    members: (people.data ?? []).flatMap(({ id, type }) => (type === undefined ? [] : [{ id, type }])),
    isPending: people.isPending || groups.isLoading,
    error: people.error ?? groups.error,
    /** Parts a common list again, as it is sent. */
    split: (value: readonly Access[]) => ({
      groups: value.filter(({ id }) => names.has(id)),
      users: value.filter(({ id }) => !names.has(id)),
    }),
  };
}
