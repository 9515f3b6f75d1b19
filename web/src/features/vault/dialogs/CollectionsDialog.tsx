import { useState } from "react";
import { handleError } from "@/app/errors";
import type { CipherListItem } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox } from "@/ui/Field";
import { useScope } from "../scope";

/** Which collections of its organization an item lies in. Those that one may not write stay as they are. */
export function CollectionsDialog({ listed, onClose }: { listed: CipherListItem; onClose: () => void }) {
  const t = useT();
  const scope = useScope();
  const [marked, setMarked] = useState<readonly string[]>(listed.collectionIds);
  const [busy, setBusy] = useState(false);
  const offered = scope.collections.filter(
    (collection) => collection.organizationId === listed.organizationId,
  );

  async function save() {
    setBusy(true);
    try {
      await scope.store.setCollections(listed.id, marked);
      onClose();
    } catch (error) {
      setBusy(false);
      handleError(error, t("vault.failed.collections"));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={scope.badge}
      title={t("vault.collectionsOf", { name: listed.name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            pending={busy}
            disabled={scope.kind === "own" && marked.length === 0}
            onClick={() => void save()}
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2.5">
        {offered.map((collection) => (
          <Checkbox
            key={collection.id}
            label={collection.name}
            disabled={collection.readOnly}
            checked={marked.includes(collection.id)}
            onChange={(event) =>
              setMarked(
                event.target.checked
                  ? [...marked, collection.id]
                  : marked.filter((id) => id !== collection.id),
              )
            }
          />
        ))}
      </div>
    </Dialog>
  );
}
