import { useState } from "react";
import type { NewProviderKey } from "@/api/providerKeys";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { MaskedValue } from "@/ui/MaskedValue";
import { usePortal } from "../scope";

/** The one time that the secret is told. */
export function NewSecret({ made, onClose }: { made: NewProviderKey; onClose: () => void }) {
  const t = useT();
  const { badge } = usePortal();
  const [taken, setTaken] = useState(false);
  return (
    <Dialog
      open
      onClose={onClose}
      // Closing before it was copied asks first: there is no second time.
      changed={!taken}
      scope={badge}
      title={t("providerKeys.made", { name: made.name })}
      footer={
        <Button look="primary" onClick={onClose}>
          {t("providerKeys.kept")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout mood="warn">{t("providerKeys.once")}</Callout>
        <dl className="divide-y divide-line rounded-xl border border-line px-4">
          <div className="py-2">
            <dt className="text-xs text-muted">client_id</dt>
            <dd className="flex items-center gap-1 font-mono text-sm break-all">
              <span className="min-w-0 flex-1">{made.clientId}</span>
              <CopyButton open value={made.clientId} label={t("vault.copyField", { field: "client_id" })} />
            </dd>
          </div>
          <div className="py-2">
            <dt className="text-xs text-muted">client_secret</dt>
            <dd>
              <MaskedValue
                value={made.clientSecret}
                copyLabel={t("vault.copyField", { field: "client_secret" })}
                onReveal={() => setTaken(true)}
                onCopied={() => setTaken(true)}
              />
            </dd>
          </div>
          <div className="py-2">
            <dt className="text-xs text-muted">scope</dt>
            <dd className="font-mono text-sm">api.provider</dd>
          </div>
        </dl>
      </div>
    </Dialog>
  );
}
