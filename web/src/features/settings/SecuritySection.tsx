import { useState } from "react";
import { useVault } from "@/app/hooks";
import { session } from "@/app/services";
import {
  NewPasswordFields,
  type NewPasswordProblem,
  noPassword,
  problemOf,
  RulesNote,
  rulesOf,
  useKeepsRules,
} from "@/features/auth/newPassword";
import { RecoverySection } from "@/features/membership";
import { useT } from "@/i18n";
import { Field, Select } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Group, SettingsForm } from "./Group";
import { RotateKeySection } from "./RotateKeySection";
import { TwoStepSection } from "./twostep/TwoStepSection";
import { useAct } from "./useAct";

const minutes = [1, 5, 15, 30, 60, 240] as const;

export function SecuritySection() {
  return (
    <>
      <Timeout />
      <TwoStepSection />
      <ChangePassword />
      <RecoverySection />
      <RotateKeySection />
    </>
  );
}

function Timeout() {
  const t = useT();
  const [timeout, setTimeout] = useState(session.vaultTimeout());
  function choose(value: string) {
    const next = value === "never" ? value : Number(value);
    session.setVaultTimeout(next);
    setTimeout(next);
  }
  return (
    <Group title={t("settings.timeout")} text={t("settings.timeoutText")}>
      <Field label={t("settings.timeoutAfter")}>
        <Select className="sm:!w-64" value={String(timeout)} onChange={(event) => choose(event.target.value)}>
          {minutes.map((count) => (
            <option key={count} value={count}>
              {t("settings.minutes", { count })}
            </option>
          ))}
          <option value="never">{t("common.never")}</option>
        </Select>
      </Field>
    </Group>
  );
}

function ChangePassword() {
  const t = useT();
  const email = useVault((state) => state.profile)?.email ?? "";
  const [password, setPassword] = useState("");
  const [fresh, setFresh] = useState(noPassword);
  const [problem, setProblem] = useState<NewPasswordProblem | null>(null);
  const act = useAct();
  const rules = rulesOf(useVault((state) => state.policies));
  const keeps = useKeepsRules(fresh.password, [email], rules);

  async function change() {
    const found = problemOf(fresh);
    setProblem(found);
    if (found) {
      return;
    }
    const changed = await act.run(
      () =>
        session.changePassword({
          password,
          newPassword: fresh.password,
          ...(fresh.hint && { hint: fresh.hint }),
        }),
      t("settings.passwordChanged"),
    );
    if (changed) {
      setPassword("");
      setFresh(noPassword);
    }
  }

  return (
    <Group title={t("settings.changePassword")} text={t("settings.changePasswordText")}>
      <SettingsForm
        action={t("settings.changePassword")}
        busy={act.busy}
        error={act.error}
        ready={password !== "" && fresh.password !== "" && keeps}
        onSubmit={() => void change()}
      >
        <Field label={t("settings.currentPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <NewPasswordFields value={fresh} onChange={setFresh} problem={problem} related={[email]} />
        {rules ? <RulesNote password={fresh.password} related={[email]} rules={rules} /> : null}
      </SettingsForm>
    </Group>
  );
}
