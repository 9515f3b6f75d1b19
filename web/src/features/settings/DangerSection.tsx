import { useState } from "react";
import { useVault } from "@/app/hooks";
import { api, session } from "@/app/services";
import { useT } from "@/i18n";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

export function DangerSection() {
  const t = useT();
  const email = useVault((state) => state.profile)?.email ?? "";
  const items = useVault((state) => state.items).filter((item) => item.organizationId === null).length;
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const act = useAct();

  async function remove() {
    const removed = await act.run(async () =>
      api.accounts.remove({ masterPasswordHash: await session.passwordHash(password) }),
    );
    if (removed) {
      await session.logout("accountDeleted");
    }
  }

  return (
    <Group title={t("settings.deleteAccount")} text={t("settings.deleteAccountText", { count: items })}>
      <SettingsForm
        action={t("settings.deleteAccount")}
        look="danger"
        busy={act.busy}
        error={act.error}
        ready={typed.trim().toLowerCase() === email.toLowerCase() && password !== ""}
        onSubmit={() => void remove()}
      >
        <Field label={t("settings.typeEmail", { email })}>
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </SettingsForm>
    </Group>
  );
}
