import { type FormEvent, type ReactNode, useState } from "react";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import type { CollectionView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import type { ClientVault } from "@/sync";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";

type CollectionDialogProps = {
  client: ClientVault;
  collection: CollectionView | null;
  badge: ReactNode;
  itemCount: number;
  onClose: () => void;
};

/** Makes a collection, or renames or deletes the given one. Who sees it is left as it is. */
export function CollectionDialog({ client, collection, badge, itemCount, onClose }: CollectionDialogProps) {
  const t = useT();
  const [name, setName] = useState(collection?.name ?? "");
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

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
    void run(() =>
      collection
        ? rename(client, collection, name.trim())
        : client.createCollection({ name: name.trim(), users: [], groups: [] }),
    );
  }

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
            disabled={!name.trim()}
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
        <Field label={t("common.name")} hint={t("client.collectionHint")} error={error}>
          <Input autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

/** A collection is written as a whole, so those who have access to it are read first and sent along. */
async function rename(client: ClientVault, collection: CollectionView, name: string) {
  const all = await api.organizations.collections(collection.organizationId);
  const known = all.find((candidate) => candidate.id === collection.id);
  await client.updateCollection(collection.id, {
    name,
    users: known?.users ?? [],
    groups: known?.groups ?? [],
  });
}
