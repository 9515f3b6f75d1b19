import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { keys, type NamedCollection } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";

type DeleteDialogProps = {
  collections: readonly NamedCollection[];
  /** Items in them, as far as they are known. */
  items: number;
  onClose: () => void;
  onDone: () => void;
};

/** Collections go, items stay: the dialog says for whom that makes a difference. */
export function DeleteDialog({ collections, items, onClose, onDone }: DeleteDialogProps) {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const { organizationId, badge, store } = useConsole();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const count = collections.length;
  const people = new Set(collections.flatMap(({ users }) => users.map(({ id }) => id))).size;
  const groups = new Set(collections.flatMap((collection) => collection.groups.map(({ id }) => id))).size;

  async function remove() {
    setBusy(true);
    setError(null);
    try {
      await api.organizations.removeCollections(
        organizationId,
        collections.map(({ id }) => id),
      );
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.collections(organizationId) }),
        store.load(),
      ]);
      toast({ title: t("collections.deleted", { count }) });
      onDone();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("collections.deleteTitle", { count })}
      description={collections.map(({ name }) => name).join(", ")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("collections.delete")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {error ? <Refusal error={error} /> : null}
        <p>{t("collections.deleteText", { count: items })}</p>
        {people + groups > 0 ? (
          <p>
            {t("collections.deletePeople", { people: format.number(people), groups: format.number(groups) })}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
