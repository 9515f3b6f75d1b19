import { type FormEvent, useState } from "react";
import type { ProfileOrganization } from "@/api";
import { explain } from "@/app/errors";
import { api, session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { toast } from "@/ui/Toast";
import { Whose } from "./Whose";

type WithdrawDialogProps = {
  organization: Pick<ProfileOrganization, "id" | "name">;
  onClose: () => void;
};

/** Takes the user key back from an organization. */
export function WithdrawDialog({ organization, onClose }: WithdrawDialogProps) {
  const t = useT();
  const { id, name } = organization;
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function withdraw(event: FormEvent) {
    event.preventDefault();
    const user = session.account()?.userId;
    if (!user || password === "") {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const masterPasswordHash = await session.passwordHash(password);
      await api.recovery.enrol(id, user, { resetPasswordKey: null, masterPasswordHash });
      await vault.sync();
      toast({ title: t("membership.withdrawn", { name }) });
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
      title={t("membership.withdrawTitle")}
      description={t("membership.withdrawText", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="withdraw-form" look="danger" pending={busy} disabled={password === ""}>
            {t("membership.withdrawAction")}
          </Button>
        </>
      }
    >
      <form id="withdraw-form" onSubmit={(event) => void withdraw(event)}>
        <Field label={t("auth.masterPassword")} error={error}>
          <PasswordInput
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
