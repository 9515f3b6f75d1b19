import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StorageUse } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { storageKey, useStorage } from "@/features/storage";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Dialog } from "@/ui/Dialog";
import { Checkbox, Field, Input } from "@/ui/Field";
import { Skeleton } from "@/ui/States";
import { usePortal } from "../scope";
import type { ClientRow } from "./row";
import { gigabytes, inGigabytes } from "./storage";
import { WriteDialog } from "./WriteDialog";

type StorageDialogProps = { client: ClientRow; onClose: () => void };

/** How much the files of a client may take. */
export function StorageDialog({ client, onClose }: StorageDialogProps) {
  const t = useT();
  const storage = useStorage(client.organizationId);
  if (storage.data) {
    return <Loaded client={client} storage={storage.data} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={<OrganizationBadge organizationId={client.organizationId} name={client.name} />}
      title={t("attachment.limit.title")}
    >
      {storage.error ? (
        <Callout mood="bad">{explain(storage.error, t)}</Callout>
      ) : (
        <Skeleton className="h-24" />
      )}
    </Dialog>
  );
}

function Loaded({ client, storage: loaded, onClose }: StorageDialogProps & { storage: StorageUse }) {
  const t = useT();
  const format = useFormat();
  const { providerId } = usePortal();
  const queries = useQueryClient();
  const act = useAct();
  // What was known when the dialog opened: a refresh behind it must not change what is being typed.
  const [storage] = useState(loaded);
  const [own, setOwn] = useState(storage.ownLimit);
  const [text, setText] = useState(gigabytes(storage.limit));
  const limit = own ? inGigabytes(text) : null;
  const wrong = own && limit === null;
  const changed = own !== storage.ownLimit || (own && limit !== storage.limit);

  async function save() {
    const saved = await act.run(
      () => api.attachments.setClientStorage(providerId, client.id, limit),
      t("attachment.limit.saved", { name: client.name }),
    );
    if (saved) {
      await queries.invalidateQueries({ queryKey: storageKey(client.organizationId) });
      onClose();
    }
  }

  return (
    <WriteDialog
      scope={<OrganizationBadge organizationId={client.organizationId} name={client.name} />}
      title={t("attachment.limit.title")}
      action={t("common.save")}
      busy={act.busy}
      error={act.error}
      ready={changed && !wrong}
      changed={changed}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <p className="text-muted tabular-nums">
        {t("attachment.storage", { used: format.size(storage.used), limit: format.size(storage.limit) })}
      </p>
      <Checkbox
        label={t("attachment.limit.own")}
        hint={t("attachment.limit.ownHint")}
        checked={own}
        onChange={(event) => setOwn(event.target.checked)}
      />
      {own ? (
        <Field
          label={t("attachment.limit.gigabytes")}
          hint={limit !== null && limit < storage.used ? t("attachment.limit.below") : undefined}
          error={wrong ? t("attachment.limit.noNumber") : undefined}
        >
          <Input
            inputMode="decimal"
            className="!w-28"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      ) : null}
    </WriteDialog>
  );
}
