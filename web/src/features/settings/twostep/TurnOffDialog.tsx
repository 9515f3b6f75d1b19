import { useVault } from "@/app/hooks";
import { api, session } from "@/app/services";
import { useT } from "@/i18n";
import { useAct } from "../useAct";
import { PasswordStep } from "./PasswordStep";

type TurnOffDialogProps = { email: string; onDone: () => void; onClose: () => void };
/** The policy by which an organization wants two-step login of its members. */
const twoStepPolicy = 0;

/** Turns two-step login off, after saying which organizations may not like that. */
export function TurnOffDialog({ email, onDone, onClose }: TurnOffDialogProps) {
  const t = useT();
  const act = useAct();
  const policies = useVault((state) => state.policies);
  const wanting = useVault((state) => state.organizations)
    .filter(({ id }) =>
      policies.some(
        ({ type, enabled, organizationId }) => type === twoStepPolicy && enabled && organizationId === id,
      ),
    )
    .map(({ name }) => name);

  async function turnOff(password: string) {
    const done = await act.run(async () => {
      const masterPasswordHash = await session.passwordHash(password);
      await api.twoFactor.disable({ masterPasswordHash });
    }, t("twoStep.turnedOff"));
    if (done) {
      onDone();
      onClose();
    }
  }

  return (
    <PasswordStep
      title={t("twoStep.turnOffTitle")}
      email={email}
      text={t("twoStep.turnOffText")}
      warning={wanting.length > 0 ? t("twoStep.turnOffPolicy", { names: wanting.join(", ") }) : undefined}
      action={t("twoStep.turnOff")}
      danger
      busy={act.busy}
      error={act.error}
      onSubmit={(password) => void turnOff(password)}
      onClose={onClose}
    />
  );
}
