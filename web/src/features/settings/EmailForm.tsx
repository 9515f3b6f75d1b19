import { useState } from "react";
import { api, session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

/** First the new address gets a code; then the code and the password change it. */
export function EmailForm({ current }: { current: string }) {
  const t = useT();
  const [newEmail, setNewEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const act = useAct();

  async function request() {
    const sent = await act.run(async () =>
      api.accounts.requestEmailChange({
        newEmail: newEmail.trim(),
        masterPasswordHash: await session.passwordHash(password),
      }),
    );
    if (sent) {
      setCode("");
    }
  }

  async function change() {
    const changed = await act.run(async () => {
      await session.changeEmail({ password, newEmail: newEmail.trim(), code: (code ?? "").trim() });
      await vault.sync();
    }, t("settings.emailChanged"));
    if (changed) {
      setCode(null);
      setNewEmail("");
      setPassword("");
    }
  }

  const asked = code !== null;
  return (
    <Group title={t("common.email")} text={t("settings.emailText", { email: current })}>
      <SettingsForm
        action={asked ? t("settings.changeEmail") : t("settings.sendCode")}
        busy={act.busy}
        error={act.error}
        ready={newEmail.includes("@") && password !== "" && (!asked || code !== "")}
        onSubmit={() => void (asked ? change() : request())}
      >
        <Field label={t("settings.newEmail")}>
          <Input
            type="email"
            readOnly={asked}
            value={newEmail}
            onChange={(event) => setNewEmail(event.target.value)}
          />
        </Field>
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {asked ? (
          <Field label={t("auth.newDeviceCode")}>
            <Input
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
        ) : null}
      </SettingsForm>
    </Group>
  );
}
