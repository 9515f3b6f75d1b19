import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { GroupDetails } from "@/api";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { keys } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";

type DeleteGroupsProps = {
  groups: readonly GroupDetails[];
  counts: ReadonlyMap<string, number> | null;
  onClose: () => void;
};

/** Deletes one group or many: the people stay, what they had by the group goes. */
export function DeleteGroups({ groups, counts, onClose }: DeleteGroupsProps) {
  const t = useT();
  const queries = useQueryClient();
  const { organizationId, name, badge } = useConsole();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const people = groups.reduce((sum, group) => sum + (counts?.get(group.id) ?? 0), 0);
  const collections = new Set(groups.flatMap((group) => group.collections.map(({ id }) => id))).size;
  const [only] = groups;

  async function remove() {
    setBusy(true);
    setError(undefined);
    try {
      await api.groups.remove(
        organizationId,
        groups.map(({ id }) => id),
      );
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.groups(organizationId) }),
        queries.invalidateQueries({ queryKey: keys.members(organizationId) }),
        queries.invalidateQueries({ queryKey: keys.collections(organizationId) }),
      ]);
      toast({ title: t("console.groups.deleted", { count: groups.length }) });
      onClose();
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
      title={
        groups.length === 1 && only
          ? t("console.groups.deleteOne", { group: only.name, name })
          : t("console.groups.deleteMany", { count: groups.length, name })
      }
      description={t("console.groups.deleteText", {
        what: [
          counts ? t("client.peopleCount", { count: people }) : null,
          t("client.collectionCount", { count: collections }),
        ]
          .filter(Boolean)
          .join(", "),
      })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" pending={busy} onClick={() => void remove()}>
            {t("console.groups.delete", { count: groups.length })}
          </Button>
        </>
      }
    >
      {error ? <Refusal error={error} /> : null}
      {groups.length > 1 ? (
        <ul className="mt-2 max-h-60 divide-y divide-line overflow-y-auto rounded-lg border border-line">
          {groups.map((group) => (
            <li key={group.id} className="truncate px-3 py-2">
              {group.name}
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}
