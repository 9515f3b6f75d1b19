import { useState } from "react";
import { useVault } from "@/app/hooks";
import { session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Progress } from "@/ui/States";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

/** A new key for the whole vault: for whoever fears that the old one is known to somebody else. */
export function RotateKeySection() {
  const t = useT();
  const broken = useVault((state) => state.items).filter(
    (item) => item.organizationId === null && item.broken,
  ).length;
  const [password, setPassword] = useState("");
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const act = useAct();

  async function rotate() {
    setProgress({ done: 0, total: 0 });
    const rotated = await act.run(async () => {
      await session.rotateUserKey({
        password,
        onProgress: (done, total) => setProgress({ done, total }),
      });
      await vault.sync();
    }, t("settings.rotateKeyDone"));
    setProgress(null);
    if (rotated) {
      setPassword("");
    }
  }

  return (
    <Group title={t("settings.rotateKey")} text={t("settings.rotateKeyText")}>
      <SettingsForm
        action={t("settings.rotateKey")}
        look="danger"
        busy={act.busy}
        error={act.error}
        ready={password !== "" && broken === 0}
        onSubmit={() => void rotate()}
      >
        <Callout mood="warn">{t("settings.rotateKeyWarning")}</Callout>
        {broken > 0 ? <Callout mood="bad">{t("settings.rotateKeyBroken", { count: broken })}</Callout> : null}
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {progress ? (
          <Progress label={t("settings.rotateKeyBusy")} value={progress.done} max={progress.total} />
        ) : null}
      </SettingsForm>
    </Group>
  );
}
