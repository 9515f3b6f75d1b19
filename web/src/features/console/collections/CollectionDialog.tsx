import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Access, Member } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import type { OrgId } from "@/crypto/model/ids";
import type { CollectionView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import type { ClientVault } from "@/sync";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { Skeleton } from "@/ui/States";
import { firstAccess } from "../access/levels";
import { AccessPicker } from "./AccessPicker";

type CollectionDialogProps = {
  client: ClientVault;
  organizationId: OrgId;
  collection: CollectionView | null;
  badge: ReactNode;
  itemCount: number;
  onClose: () => void;
};

type Known = { members: readonly Member[]; users: readonly Access[]; groups: readonly Access[] };

/** A collection is written as a whole, so those who have access to it are read first. */
async function load(organizationId: OrgId, id: string | undefined): Promise<Known> {
  const members = await api.organizations.members(organizationId);
  if (id === undefined) {
    return { members, users: firstAccess(members), groups: [] };
  }
  const all = await api.organizations.collections(organizationId);
  const found = all.find((candidate) => candidate.id === id);
  if (!found) {
    throw new Error("The collection is not among those that the server lists.");
  }
  return { members, users: found.users, groups: found.groups };
}

/** Makes a collection, or changes or deletes the given one. */
export function CollectionDialog(props: CollectionDialogProps) {
  const { client, organizationId, collection, badge, itemCount, onClose } = props;
  const t = useT();
  const [name, setName] = useState(collection?.name ?? "");
  const [chosen, setChosen] = useState<Access[] | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const known = useQuery({
    queryKey: ["collection-access", organizationId, collection?.id ?? null],
    queryFn: () => load(organizationId, collection?.id),
    staleTime: 0,
    gcTime: 0,
  });
  const users = chosen ?? known.data?.users ?? [];

  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  function save(event: FormEvent) {
    event.preventDefault();
    if (!known.data || name.trim() === "") {
      return;
    }
    const input = { name: name.trim(), users, groups: known.data.groups };
    void run(() =>
      collection ? client.updateCollection(collection.id, input) : client.createCollection(input),
    );
  }

  const problem = error ?? (known.error ? explain(known.error, t) : undefined);
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={collection ? t("client.editCollection", { name: collection.name }) : t("client.newCollection")}
      footer={
        <>
          {collection ? (
            <Button
              look={asking ? "danger" : "ghost"}
              className={asking ? "mr-auto" : "mr-auto text-bad"}
              pending={busy && asking}
              onClick={() =>
                asking ? void run(() => client.deleteCollection(collection.id)) : setAsking(true)
              }
            >
              {asking ? t("client.deleteCollectionSure") : t("client.deleteCollection")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="collection-form"
            look="primary"
            pending={busy && !asking}
            disabled={!(name.trim() && known.data)}
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id="collection-form" onSubmit={save} className="flex flex-col gap-4">
        {asking ? (
          <Callout mood="warn">{t("client.deleteCollectionText", { count: itemCount })}</Callout>
        ) : null}
        {problem ? (
          <div role="alert">
            <Callout mood="bad">{problem}</Callout>
          </div>
        ) : null}
        <Field label={t("common.name")} hint={t("client.collectionHint")}>
          <Input autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {known.data ? (
          <AccessPicker members={known.data.members} value={users} onChange={setChosen} />
        ) : known.isPending ? (
          <Skeleton className="h-24" />
        ) : null}
        {known.data && users.length === 0 ? <Callout mood="warn">{t("client.nobodySees")}</Callout> : null}
      </form>
    </Dialog>
  );
}
