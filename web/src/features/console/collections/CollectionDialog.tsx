import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Access } from "@/api";
import { explain } from "@/app/errors";
import { api, crypto } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { Dialog } from "@/ui/Dialog";
import { Field, Input, Select } from "@/ui/Field";
import { Skeleton } from "@/ui/States";
import { Tabs } from "@/ui/Tabs";
import { toast } from "@/ui/Toast";
import { AccessSelector } from "../access/AccessSelector";
import { accessOf, firstAccess } from "../access/levels";
import { keys, type NamedCollection, useCollections } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { mayEdit, mayGiveToGroups, mayGiveToPeople } from "./may";
import { isBelow, joined, partsOf } from "./names";
import { useAccessChoices } from "./useAccessChoices";

export type CollectionTab = "info" | "access";

type CollectionDialogProps = {
  /** null makes a new one. */
  collection: NamedCollection | null;
  tab: CollectionTab;
  onClose: () => void;
  onDelete?: (() => void) | undefined;
};

/** Makes a collection, or changes the given one: what it is called, and who has access to it. */
export function CollectionDialog({ collection, tab: first, onClose, onDelete }: CollectionDialogProps) {
  const t = useT();
  const queries = useQueryClient();
  const scope = useConsole();
  const { organizationId, badge, store, by, key, summary } = scope;
  const others = useCollections();
  const names = (others.data ?? []).filter(({ broken }) => !broken).map(({ name }) => name);
  const start = partsOf(collection?.name ?? "", names);
  const [tab, setTab] = useState<CollectionTab>(first);
  const [own, setOwn] = useState(start.own);
  const [above, setAbove] = useState(start.above);
  const [chosen, setChosen] = useState<readonly Access[] | null>(
    collection && [...collection.groups, ...collection.users],
  );
  const [known, setKnown] = useState(collection?.revisionDate);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const named = collection === null || mayEdit(scope, collection);
  const people = collection === null || mayGiveToPeople(scope, collection);
  const groups = collection === null || mayGiveToGroups(scope, collection);
  const choices = useAccessChoices({ people: !people, groups: !groups }, collection?.groups);
  // One that nobody at the organization sees helps nobody: its maker manages it, or its owners for the provider.
  const access =
    chosen ?? (by.kind === "member" ? [accessOf(by.memberId, "manage")] : firstAccess(choices.members));
  const name = joined(above, own.trim());
  const changed = useChanged([own, above, chosen], known);
  const managed = access.some(({ manage }) => manage);
  const adminsOpen = summary.allowAdminAccessToAllCollectionItems !== false;
  const ready = own.trim() !== "" && !choices.isPending && (managed || adminsOpen);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!ready) {
      return;
    }
    setBusy(true);
    setError(null);
    const given = choices.split(access);
    try {
      const request = {
        name: await crypto.sealName(name, await key()),
        externalId: collection?.externalId ?? null,
        users: people ? given.users : null,
        groups: groups ? given.groups : null,
      };
      await (collection
        ? api.organizations.updateCollection(organizationId, collection.id, {
            ...request,
            lastKnownRevisionDate: known,
          })
        : api.organizations.createCollection(organizationId, request));
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.collections(organizationId) }),
        store.load(),
      ]);
      toast({ title: t(collection ? "collections.saved" : "collections.created", { name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  async function reload() {
    const { data } = await others.refetch();
    const fresh = data?.find(({ id }) => id === collection?.id);
    if (fresh) {
      const parts = partsOf(
        fresh.name,
        (data ?? []).map((each) => each.name),
      );
      setOwn(parts.own);
      setAbove(parts.above);
      setChosen([...fresh.groups, ...fresh.users]);
      setKnown(fresh.revisionDate);
      setError(null);
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      changed={changed}
      scope={badge}
      title={collection ? t("client.editCollection", { name: collection.name }) : t("client.newCollection")}
      footer={
        <>
          {onDelete ? (
            <Button look="ghost" className="mr-auto !text-bad" onClick={onDelete}>
              {t("client.deleteCollection")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="collection-form" look="primary" pending={busy} disabled={!ready}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <Tabs
        label={t("client.newCollection")}
        current={tab}
        onChange={setTab}
        tabs={[
          { id: "info", label: t("collections.info") },
          { id: "access", label: t("collections.access"), count: access.length },
        ]}
      />
      <form
        id="collection-form"
        noValidate
        onSubmit={(event) => void save(event)}
        className="flex min-h-80 flex-col gap-4 pt-4"
      >
        {error ? <Refusal error={error} {...(collection && { onReload: () => void reload() })} /> : null}
        {tab === "info" ? (
          <Info
            collection={collection}
            disabled={!named}
            own={own}
            above={above}
            names={names}
            onOwn={setOwn}
            onAbove={setAbove}
          />
        ) : choices.error ? (
          <Callout mood="bad">{explain(choices.error, t)}</Callout>
        ) : choices.isPending ? (
          <Skeleton className="h-40" />
        ) : (
          <>
            {adminsOpen ? <p className="text-sm text-muted">{t("collections.adminsSee")}</p> : null}
            <AccessSelector
              legend={t("collections.whoSees", { count: access.length })}
              choices={choices.choices}
              value={access}
              onChange={setChosen}
              searchLabel={t("collections.searchWho")}
              empty={t("collections.nobodyToChoose")}
            />
            {managed ? null : (
              <div role="status">
                <Callout mood="warn">
                  {t(adminsOpen ? "collections.nobodyManagesOpen" : "collections.nobodyManages")}
                </Callout>
              </div>
            )}
          </>
        )}
      </form>
    </Dialog>
  );
}

type InfoProps = {
  collection: NamedCollection | null;
  disabled: boolean;
  own: string;
  above: string;
  names: readonly string[];
  onOwn: (own: string) => void;
  onAbove: (above: string) => void;
};

function Info({ collection, disabled, own, above, names, onOwn, onAbove }: InfoProps) {
  const t = useT();
  const before = collection?.name ?? null;
  const below = before === null ? 0 : names.filter((name) => isBelow(name, before)).length;
  const renamed = before !== null && joined(above, own.trim()) !== before;
  const parents = names.filter((name) => before === null || (name !== before && !isBelow(name, before)));
  return (
    <>
      <Field label={t("common.name")} hint={t("client.collectionHint")}>
        <Input
          autoFocus
          maxLength={200}
          readOnly={disabled}
          value={own}
          onChange={(event) => onOwn(event.target.value)}
        />
      </Field>
      <Field label={t("collections.nestUnder")}>
        <Select disabled={disabled} value={above} onChange={(event) => onAbove(event.target.value)}>
          <option value="">{t("collections.topLevel")}</option>
          {[...new Set(parents)].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {renamed && below > 0 ? (
        <Callout mood="warn">{t("collections.nested", { count: below })}</Callout>
      ) : null}
      {collection?.externalId ? (
        <Field label={t("collections.externalId")} hint={t("collections.externalIdHint")}>
          <Input readOnly value={collection.externalId} />
        </Field>
      ) : null}
    </>
  );
}
