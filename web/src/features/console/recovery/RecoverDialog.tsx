import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { minimumLength, RulesNote, rulesOf, StrengthMeter, useKeepsRules } from "@/features/auth/newPassword";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox } from "@/ui/Field";
import { Skeleton } from "@/ui/States";
import { keys } from "../data";
import { useConsole } from "../scope";
import type { MemberDialogProps } from "../sections";
import { NewPasswordField } from "./NewPasswordField";
import { Recovered } from "./Recovered";
import { recover } from "./recover";

/** Lets somebody in again who has lost the master password, the second step, or both. */
export function RecoverDialog({ member, onClose }: MemberDialogProps) {
  const t = useT();
  const queries = useQueryClient();
  const scope = useConsole();
  const { organizationId, badge } = scope;
  const person = member.name ?? member.email;
  const rules = useRules();
  const [choice, setChoice] = useState({ password: true, twoStep: false });
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const keeps = useKeepsRules(password, [member.email], rules.data ?? null);
  const good = [...password].length >= minimumLength && keeps && !rules.isPending;
  const ready = (choice.password || choice.twoStep) && (!choice.password || good);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await recover(scope, member, {
        newPassword: choice.password ? password : null,
        twoStep: choice.twoStep,
      });
      void queries.invalidateQueries({ queryKey: keys.members(organizationId) });
      setDone(true);
    } catch (caught) {
      setError(explain(caught, t));
    } finally {
      setBusy(false);
    }
  }

  if (done) {
    return <Recovered person={person} password={choice.password ? password : null} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("recovery.title", { person })}
      description={t("recovery.text", { email: member.email })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="recover-form" look="danger" pending={busy} disabled={!ready}>
            {t("recovery.action")}
          </Button>
        </>
      }
    >
      <form
        id="recover-form"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Checkbox
          label={t("recovery.newPassword")}
          hint={t("recovery.newPasswordHint")}
          checked={choice.password}
          onChange={(event) => setChoice({ ...choice, password: event.target.checked })}
        />
        {choice.password ? (
          <div className="flex flex-col gap-4 pl-6">
            <NewPasswordField value={password} onChange={setPassword} />
            <StrengthMeter password={password} related={[member.email]} />
            {rules.isPending ? <Skeleton className="h-10" /> : null}
            {rules.data ? (
              <RulesNote password={password} related={[member.email]} rules={rules.data} />
            ) : null}
          </div>
        ) : null}
        <Checkbox
          label={t("recovery.twoStep")}
          hint={t(member.twoFactorEnabled ? "recovery.twoStepHint" : "recovery.twoStepNone")}
          disabled={!member.twoFactorEnabled}
          checked={choice.twoStep}
          onChange={(event) => setChoice({ ...choice, twoStep: event.target.checked })}
        />
        <Callout mood="warn">{t("recovery.consequence")}</Callout>
      </form>
    </Dialog>
  );
}

/** What the organization asks of master passwords; null when it asks for nothing. */
function useRules() {
  const { organizationId } = useConsole();
  return useQuery({
    queryKey: ["master-password-rules", organizationId],
    queryFn: async ({ signal }) => {
      try {
        return rulesOf([await api.policies.masterPassword(organizationId, { signal })]);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
          return null;
        }
        throw error;
      }
    },
  });
}
