import { type FormEvent, useState } from "react";
import type { ProfileOrganization } from "@/api";
import { explain } from "@/app/errors";
import { api, session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Skeleton } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { useFingerprints } from "./useFingerprints";
import { Whose } from "./Whose";

type EnrolDialogProps = {
  organization: Pick<ProfileOrganization, "id" | "name">;
  onClose: () => void;
};

/** Gives an organization the user key, after its fingerprint was shown. */
export function EnrolDialog({ organization, onClose }: EnrolDialogProps) {
  const t = useT();
  const { id, name } = organization;
  const fingerprints = useFingerprints([id]);
  const found = fingerprints.data?.[0];
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function enrol(event: FormEvent) {
    event.preventDefault();
    const user = session.account()?.userId;
    if (!(found && user) || password === "") {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const request = await session.enrolRecovery(password, found.publicKey);
      await api.recovery.enrol(id, user, request);
      await vault.sync();
      toast({ title: t("membership.enrolled", { name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={<Whose id={id} name={name} />}
      title={t("membership.enrolTitle")}
      description={t("membership.enrolText", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="enrol-form"
            look="primary"
            pending={busy}
            disabled={!found || password === ""}
          >
            {t("membership.enrolAction")}
          </Button>
        </>
      }
    >
      <form id="enrol-form" onSubmit={(event) => void enrol(event)} className="flex flex-col gap-4">
        <div>
          <p className="text-sm font-medium">{t("membership.phraseOf", { name })}</p>
          {found ? (
            <output className="mt-1 block rounded-lg border border-line bg-surface px-3 py-2 font-mono text-sm break-words">
              {found.phrase}
            </output>
          ) : fingerprints.error ? (
            <Callout mood="bad">{explain(fingerprints.error, t)}</Callout>
          ) : (
            <Skeleton className="mt-1 h-9" />
          )}
          <p className="mt-1.5 text-sm text-muted">{t("membership.phraseText")}</p>
        </div>
        <Field label={t("auth.masterPassword")} error={error}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
