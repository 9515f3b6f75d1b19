import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Access } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { AccessSelector } from "../access/AccessSelector";
import { keys, type NamedCollection } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { useAccessChoices } from "./useAccessChoices";

type BulkAccessDialogProps = {
  collections: readonly NamedCollection[];
  onClose: () => void;
  onDone: () => void;
};

/** Gives some people and groups the same access to several collections. */
export function BulkAccessDialog({ collections, onClose, onDone }: BulkAccessDialogProps) {
  const t = useT();
  const queries = useQueryClient();
  const { organizationId, badge } = useConsole();
  const choices = useAccessChoices({ people: false, groups: false });
  const [access, setAccess] = useState<readonly Access[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const count = collections.length;

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const collectionIds = collections.map(({ id }) => id);
      await api.organizations.giveAccess(organizationId, { collectionIds, ...choices.split(access) });
      await queries.invalidateQueries({ queryKey: keys.collections(organizationId) });
      toast({ title: t("collections.bulkDone", { count }) });
      onDone();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={badge}
      title={t("collections.bulkTitle", { count })}
      description={t("collections.bulkText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="bulk-access"
            look="primary"
            pending={busy}
            disabled={access.length === 0}
          >
            {t("collections.bulkAction")}
          </Button>
        </>
      }
    >
      <form id="bulk-access" onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        {error ? <Refusal error={error} /> : null}
        <p className="text-sm text-muted">{collections.map(({ name }) => name).join(", ")}</p>
        {choices.error ? (
          <Callout mood="bad">{explain(choices.error, t)}</Callout>
        ) : choices.isPending ? (
          <Skeleton className="h-40" />
        ) : (
          <AccessSelector
            legend={t("collections.whoSees", { count: access.length })}
            choices={choices.choices}
            value={access}
            onChange={setAccess}
            searchLabel={t("collections.searchWho")}
            empty={t("collections.nobodyToChoose")}
          />
        )}
      </form>
    </Dialog>
  );
}
