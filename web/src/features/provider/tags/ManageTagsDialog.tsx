import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Tag } from "@/api/clients";
import { api } from "@/app/services";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { WriteDialog } from "../clients/WriteDialog";
import { useRefresh, useTags } from "../data";
import { usePortal } from "../scope";

type Step = { readonly kind: "rename" | "delete"; readonly tag: Tag };

/** All tags of the provider: renamed and deleted here, assigned where the clients are. */
export function ManageTagsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const tags = useTags(providerId);
  const [step, setStep] = useState<Step | null>(null);
  const back = () => setStep(null);
  if (step?.kind === "rename") {
    return <RenameTag tag={step.tag} onClose={back} />;
  }
  if (step?.kind === "delete") {
    return <DeleteTag tag={step.tag} onClose={back} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("tags.manage")}
      description={t("tags.text")}
      footer={<Button onClick={onClose}>{t("common.done")}</Button>}
    >
      {tags.data?.length === 0 ? <Callout>{t("tags.noneManage")}</Callout> : null}
      <ul className="divide-y divide-line">
        {(tags.data ?? []).map((tag) => (
          <li key={tag.id} className="flex items-center gap-2 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{tag.name}</span>
              <span className="block text-sm text-muted">
                {t("tags.on", { count: tag.clientIds.length })}
              </span>
            </span>
            <IconButton
              size="sm"
              label={t("tags.renameOne", { name: tag.name })}
              icon={<Pencil className="size-4" />}
              onClick={() => setStep({ kind: "rename", tag })}
            />
            <IconButton
              size="sm"
              label={t("tags.deleteOne", { name: tag.name })}
              icon={<Trash2 className="size-4" />}
              onClick={() => setStep({ kind: "delete", tag })}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function RenameTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const [name, setName] = useState(tag.name);
  const wanted = name.trim();

  async function save() {
    if (await act.run(() => api.clients.renameTag(providerId, tag.id, wanted))) {
      await refresh();
      onClose();
    }
  }

  return (
    <WriteDialog
      scope={badge}
      title={t("tags.renameOne", { name: tag.name })}
      action={t("common.save")}
      busy={act.busy}
      error={act.error}
      ready={wanted !== "" && wanted !== tag.name}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("common.name")}>
        <Input autoFocus maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </WriteDialog>
  );
}

function DeleteTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const refresh = useRefresh();
  const act = useAct();

  async function remove() {
    const removed = await act.run(
      () => api.clients.deleteTag(providerId, tag.id),
      t("tags.deleted", { name: tag.name }),
    );
    if (removed) {
      await refresh();
      onClose();
    }
  }

  return (
    <WriteDialog
      danger
      scope={badge}
      title={t("tags.deleteOne", { name: tag.name })}
      action={t("tags.delete")}
      busy={act.busy}
      error={act.error}
      onSubmit={() => void remove()}
      onClose={onClose}
    >
      <p>{t("tags.deleteText", { count: tag.clientIds.length })}</p>
    </WriteDialog>
  );
}
