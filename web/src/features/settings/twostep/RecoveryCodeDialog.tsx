import { useState } from "react";
import { api, session } from "@/app/services";
import { useT } from "@/i18n";
import { useAct } from "../useAct";
import { PasswordStep } from "./PasswordStep";
import { RecoveryCode } from "./RecoveryCode";

/** Shows the recovery code again to whoever knows the master password. */
export function RecoveryCodeDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useT();
  const [code, setCode] = useState<string>();
  const act = useAct();

  const show = (password: string) =>
    act.run(async () => {
      const masterPasswordHash = await session.passwordHash(password);
      setCode((await api.twoFactor.recoveryCode({ masterPasswordHash })) ?? "");
    });

  return code === undefined ? (
    <PasswordStep
      title={t("twoStep.showRecovery")}
      email={email}
      text={t("twoStep.showRecoveryText")}
      action={t("twoStep.showRecovery")}
      busy={act.busy}
      error={act.error}
      onSubmit={(password) => void show(password)}
      onClose={onClose}
    />
  ) : (
    <RecoveryCode email={email} code={code} onClose={onClose} />
  );
}
