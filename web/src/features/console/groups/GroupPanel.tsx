import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Access, GroupDetails } from "@/api";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { api } from "@/app/services";
import type { GroupId, MemberId, OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { PanelForm, SidePanel } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { type Tab, Tabs } from "@/ui/Tabs";
import { toast } from "@/ui/Toast";
import { AccessSelector } from "../access/AccessSelector";
import { CheckList } from "../access/CheckList";
import { keys, useCollections, usePeople } from "../data";
import { Refusal } from "../frame/Refusal";
import { nameOf } from "../people/people";
import { useConsole } from "../scope";

export const groupTabs = ["info", "members", "collections"] as const;
export type GroupTab = (typeof groupTabs)[number];

type GroupPanelProps = {
  /** null makes a new one. */
  group: GroupDetails | null;
  tab: GroupTab;
  onDelete: (group: GroupDetails) => void;
  onClose: () => void;
};

type Known = { readonly group: GroupDetails | null; readonly users: readonly MemberId[] };

/** A group is written as a whole, so that it is read as a whole first. */
async function load(organizationId: OrgId, id: GroupId | undefined, signal: AbortSignal): Promise<Known> {
  if (id === undefined) {
    return { group: null, users: [] };
  }
  const [group, users] = await Promise.all([
    api.groups.get(organizationId, id, { signal }),
    api.groups.users(organizationId, id, { signal }),
  ]);
  return { group, users };
}

export function GroupPanel(props: GroupPanelProps) {
  const { group, onClose } = props;
  const t = useT();
  const { organizationId, name, badge } = useConsole();
  const known = useQuery({
    queryKey: ["group", organizationId, group?.id ?? null],
    queryFn: ({ signal }) => load(organizationId, group?.id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    // Of a new one there is nothing to load.
    ...(group === null && { enabled: false, initialData: { group: null, users: [] } }),
  });
  return (
    <SidePanel
      open
      onClose={onClose}
      scope={badge}
      title={known.data?.group?.name ?? group?.name ?? t("console.groups.newAt", { name })}
    >
      {known.data ? (
        // What was loaded anew is a form of its own.
        <Loaded
          key={known.dataUpdatedAt}
          {...props}
          known={known.data}
          onReload={() => void known.refetch()}
        />
      ) : known.isError ? (
        <ErrorState
          title={t("console.groups.oneFailed")}
          action={<Button onClick={() => void known.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(known.error, t)}
        </ErrorState>
      ) : (
        <SkeletonRows count={6} />
      )}
    </SidePanel>
  );
}

type Draft = {
  readonly name: string;
  readonly users: readonly MemberId[];
  readonly collections: readonly Access[];
};

type LoadedProps = GroupPanelProps & { known: Known; onReload: () => void };

function Loaded({ group, tab: first, known, onDelete, onClose, onReload }: LoadedProps) {
  const t = useT();
  const queries = useQueryClient();
  const { organizationId, name } = useConsole();
  const [tab, setTab] = useState<GroupTab>(first);
  const [draft, setDraft] = useState<Draft>({
    name: known.group?.name ?? "",
    users: known.users,
    collections: known.group?.collections ?? [],
  });
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const changed = useChanged(draft);
  const complete = draft.name.trim() !== "";

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!complete) {
      setTab("info");
      return;
    }
    setBusy(true);
    setError(undefined);
    const request = {
      ...draft,
      name: draft.name.trim(),
      lastKnownRevisionDate: known.group?.revisionDate,
    };
    try {
      await (known.group
        ? api.groups.update(organizationId, known.group.id, request)
        : api.groups.create(organizationId, request));
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.groups(organizationId) }),
        queries.invalidateQueries({ queryKey: keys.members(organizationId) }),
        queries.invalidateQueries({ queryKey: keys.collections(organizationId) }),
      ]);
      toast({ title: t("console.groups.saved", { group: request.name, name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  const tabs: Tab<GroupTab>[] = [
    { id: "info", label: t("console.groups.tab.info") },
    { id: "members", label: t("console.groups.tab.members"), count: draft.users.length },
    { id: "collections", label: t("console.groups.tab.collections"), count: draft.collections.length },
  ];
  return (
    <PanelForm
      changed={changed}
      footer={
        <>
          {group ? (
            <Button look="ghost" className="mr-auto text-bad" onClick={() => onDelete(group)}>
              {t("console.groups.delete", { count: 1 })}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="group-form" look="primary" pending={busy} disabled={!complete}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id="group-form" onSubmit={(event) => void save(event)} className="flex flex-col gap-4 p-5">
        {error ? <Refusal error={error} onReload={known.group ? onReload : undefined} /> : null}
        <Tabs label={t("console.groups.tabs")} tabs={tabs} current={tab} onChange={setTab} />
        <div role="tabpanel" aria-label={t(`console.groups.tab.${tab}`)}>
          {tab === "info" ? (
            <Info value={draft.name} onChange={(next) => set({ name: next })} group={known.group} />
          ) : tab === "members" ? (
            <Members value={draft.users} onChange={(users) => set({ users })} />
          ) : (
            <Collections value={draft.collections} onChange={(collections) => set({ collections })} />
          )}
        </div>
      </form>
    </PanelForm>
  );
}

type InfoProps = { value: string; onChange: (value: string) => void; group: GroupDetails | null };

function Info({ value, onChange, group }: InfoProps) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("common.name")} hint={t("console.groups.nameHint")} required>
        <Input autoFocus maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />
      </Field>
      {group?.externalId ? (
        <p>
          <Badge>{t("console.people.externalId", { id: group.externalId })}</Badge>
        </p>
      ) : null}
    </div>
  );
}

type MembersProps = { value: readonly MemberId[]; onChange: (value: MemberId[]) => void };

function Members({ value, onChange }: MembersProps) {
  const t = useT();
  const { summary } = useConsole();
  const people = usePeople();
  const self = useVault((state) => state.profile?.id);
  // Who does not see all items must not let themselves in by a group.
  const locked =
    summary.allowAdminAccessToAllCollectionItems === false &&
    (people.data ?? []).some((member) => member.userId === self && value.includes(member.id));
  if (people.isPending) {
    return <SkeletonRows count={4} />;
  }
  return (
    <>
      <CheckList
        legend={t("console.groups.who")}
        choices={(people.data ?? [])
          .map((member) => ({
            id: member.id,
            name: nameOf(member),
            note: member.name ? member.email : undefined,
          }))
          .sort((a, b) => a.name.localeCompare(b.name))}
        value={value}
        onChange={onChange}
        searchLabel={t("client.searchPeople")}
        empty={t("client.noPeople")}
        locked={locked}
      />
      {locked ? <p className="mt-2 text-sm text-muted">{t("console.access.notYourself")}</p> : null}
    </>
  );
}

type CollectionsProps = { value: readonly Access[]; onChange: (value: Access[]) => void };

function Collections({ value, onChange }: CollectionsProps) {
  const t = useT();
  const { rights } = useConsole();
  const collections = useCollections();
  const free = rights.can("giveToGroups");
  return (
    <AccessSelector
      legend={t("console.groups.sees")}
      choices={(collections.data ?? []).map((collection) => ({
        id: collection.id,
        kind: "collection",
        name: collection.broken ? t("vault.undecryptable") : collection.name,
        locked: free || collection.manage ? undefined : t("console.access.notManaged"),
      }))}
      value={value}
      onChange={onChange}
      searchLabel={t("console.access.searchCollections")}
      empty={t("console.people.noCollections")}
    />
  );
}
