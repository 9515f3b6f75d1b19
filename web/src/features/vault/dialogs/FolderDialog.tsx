import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { vault } from "@/app/services";
import type { FolderView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";

/** Makes a folder, or renames or removes the given one. Mount it anew for each folder. */
export function FolderDialog({ folder, onClose }: { folder: FolderView | null; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(folder?.name ?? "");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState<"save" | "delete" | null>(null);

  async function run(kind: "save" | "delete", work: () => Promise<unknown>) {
    setBusy(kind);
    setError(undefined);
    try {
      await work();
      onClose();
    } catch (caught) {
      setBusy(null);
      setError(explain(caught, t));
    }
  }

  function save(event: FormEvent) {
    event.preventDefault();
    const clean = name.trim();
    if (clean) {
      void run("save", () => (folder ? vault.renameFolder(folder.id, clean) : vault.createFolder(clean)));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={folder ? t("vault.editFolder") : t("vault.newFolder")}
      footer={
        <>
          {folder ? (
            <Button
              look="ghost"
              className="mr-auto text-bad"
              pending={busy === "delete"}
              onClick={() => void run("delete", () => vault.deleteFolder(folder.id))}
            >
              {t("vault.deleteFolder")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="folder-form"
            look="primary"
            pending={busy === "save"}
            disabled={!name.trim()}
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id="folder-form" onSubmit={save}>
        <Field
          label={t("common.name")}
          hint={folder ? t("vault.deleteFolderNote") : t("vault.folderHint")}
          error={error}
        >
          <Input autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
