import { useState } from "react";
import type { Access } from "@/api";
import type { GroupId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Skeleton } from "@/ui/States";
import { type Tab, Tabs } from "@/ui/Tabs";
import { AccessSelector } from "../access/AccessSelector";
import { CheckList } from "../access/CheckList";
import { useCollections, useGroups } from "../data";
import { roles } from "../rights";
import { useConsole } from "../scope";
import { useCollectionChoices } from "./choices";
import { type RoleDraft, RoleFields } from "./RoleFields";

export type MemberDraft = RoleDraft & {
  readonly groups: readonly GroupId[];
  readonly collections: readonly Access[];
};

export const memberTabs = ["role", "groups", "collections"] as const;
export type MemberTab = (typeof memberTabs)[number];

type MemberFormProps = {
  value: MemberDraft;
  onChange: (value: MemberDraft) => void;
  initialTab?: MemberTab | undefined;
  /** The person is who is at the screen: nobody raises themselves. */
  self?: boolean;
};

/** Role, groups and collections: what somebody is given, at the invitation and later. */
export function MemberForm({ value, onChange, initialTab = "role", self = false }: MemberFormProps) {
  const t = useT();
  const { summary } = useConsole();
  const [tab, setTab] = useState<MemberTab>(initialTab);
  const tabs: Tab<MemberTab>[] = [
    { id: "role", label: t("client.role") },
    ...(summary.useGroups
      ? [{ id: "groups" as const, label: t("console.section.groups"), count: value.groups.length }]
      : []),
    { id: "collections", label: t("vault.collections"), count: value.collections.length },
  ];
  const set = (part: Partial<MemberDraft>) => onChange({ ...value, ...part });
  return (
    <div className="flex flex-col gap-4">
      <Tabs label={t("console.people.tabs")} tabs={tabs} current={tab} onChange={setTab} />
      <div role="tabpanel" aria-label={t(`console.people.tab.${tab}`)}>
        {tab === "role" ? (
          <RoleFields value={value} onChange={set} locked={self ? t("console.people.ownRole") : undefined} />
        ) : tab === "groups" ? (
          <GroupsTab value={value} onChange={set} self={self} />
        ) : (
          <CollectionsTab value={value} onChange={set} self={self} />
        )}
      </div>
    </div>
  );
}

type TabProps = {
  value: MemberDraft;
  onChange: (part: Partial<MemberDraft>) => void;
  self: boolean;
};

function GroupsTab({ value, onChange, self }: TabProps) {
  const t = useT();
  const { summary } = useConsole();
  const groups = useGroups();
  // Who does not see all items must not let themselves in by a group.
  const locked = self && summary.allowAdminAccessToAllCollectionItems === false;
  if (groups.isPending) {
    return <Skeleton className="h-32" />;
  }
  return (
    <>
      <CheckList
        legend={t("console.people.groupsOf")}
        choices={groups.data ?? []}
        value={value.groups}
        onChange={(next) => onChange({ groups: next })}
        searchLabel={t("console.groups.search")}
        empty={t("console.people.noGroups")}
        locked={locked}
      />
      {locked ? <p className="mt-2 text-sm text-muted">{t("console.access.notYourself")}</p> : null}
    </>
  );
}

function CollectionsTab({ value, onChange, self }: TabProps) {
  const t = useT();
  const { summary } = useConsole();
  const collections = useCollections();
  const choices = useCollectionChoices(value.groups, self);
  const sees = value.type === roles.owner || value.type === roles.admin;
  if (collections.isPending && collections.isFetching) {
    return <Skeleton className="h-32" />;
  }
  return (
    <div className="flex flex-col gap-3">
      {sees && summary.allowAdminAccessToAllCollectionItems !== false ? (
        <Callout>{t("console.access.adminsSeeAll")}</Callout>
      ) : null}
      <AccessSelector
        legend={t("console.people.collectionsOf")}
        choices={choices}
        value={value.collections}
        onChange={(next) => onChange({ collections: next })}
        searchLabel={t("console.access.searchCollections")}
        empty={t("console.people.noCollections")}
      />
    </div>
  );
}
