import { type FormEvent, useState } from "react";
import type { OrganizationDomain } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { useConsole } from "../scope";

/** A domain, and then the record that proves it. */
export function AddDomainDialog({ onAdded, onClose }: { onAdded: () => Promise<void>; onClose: () => void }) {
  const t = useT();
  const { organizationId, badge } = useConsole();
  const [name, setName] = useState("");
  const [added, setAdded] = useState<OrganizationDomain | null>(null);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function add(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      setAdded(await api.administration.addDomain(organizationId, name.trim().toLowerCase()));
      await onAdded();
    } catch (caught) {
      setError(explain(caught, t));
    } finally {
      setBusy(false);
    }
  }

  if (added) {
    return (
      <Dialog
        open
        onClose={onClose}
        scope={badge}
        title={t("domains.addedTitle", { domain: added.domainName })}
        footer={
          <>
            <CopyButton open wordy value={added.txt} label={t("domains.copy")} />
            <Button look="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p>{t("domains.addedText", { domain: added.domainName })}</p>
          <code className="rounded-lg border border-line bg-surface px-3 py-2 font-mono text-sm break-all">
            {added.txt}
          </code>
          <p className="text-muted">{t("domains.addedNote")}</p>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("domains.add")}
      description={t("domains.addText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="domain-form"
            look="primary"
            pending={busy}
            disabled={name.trim() === ""}
          >
            {t("domains.addAction")}
          </Button>
        </>
      }
    >
      <form id="domain-form" noValidate onSubmit={(event) => void add(event)}>
        <Field label={t("domains.name")} hint={t("domains.nameHint")} error={error}>
          <Input
            autoFocus
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="example.com"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
