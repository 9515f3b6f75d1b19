import { useMemo } from "react";
import type { GroupId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import type { Choice } from "../access/AccessSelector";
import { levelOf } from "../access/levels";
import { useCollections, useGroups } from "../data";
import { useConsole } from "../scope";

/** The collections to choose from; what a person has by their groups already stands beside. */
export function useCollectionChoices(groupIds: readonly GroupId[], self: boolean): Choice[] {
  const t = useT();
  const { rights, summary } = useConsole();
  const collections = useCollections();
  const groups = useGroups();
  return useMemo(() => {
    const theirs = (groups.data ?? []).filter((group) => groupIds.includes(group.id));
    const noSelf = self && summary.allowAdminAccessToAllCollectionItems === false;
    return (collections.data ?? []).map((collection) => {
      const inherited = theirs.flatMap((group) =>
        group.collections
          .filter(({ id }) => id === collection.id)
          .map((access) =>
            t("console.access.byGroup", { group: group.name, level: t(`client.level.${levelOf(access)}`) }),
          ),
      );
      const locked = noSelf
        ? t("console.access.notYourself")
        : rights.can("giveToMembers") || collection.manage
          ? undefined
          : t("console.access.notManaged");
      return {
        id: collection.id,
        kind: "collection" as const,
        name: collection.broken ? t("vault.undecryptable") : collection.name,
        note: inherited.length > 0 ? inherited.join(" · ") : undefined,
        locked,
      };
    });
  }, [t, rights, summary, collections.data, groups.data, groupIds, self]);
}
