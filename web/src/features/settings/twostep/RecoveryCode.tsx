import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { inFours } from "./keyUri";

type RecoveryCodeProps = {
  email: string;
  code: string;
  /** Two-step login was turned on a moment ago. */
  fresh?: boolean;
  onClose: () => void;
};

/** For paper, not for the vault that it opens. */
export function RecoveryCode({ email, code, fresh, onClose }: RecoveryCodeProps) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      scope={<span className="text-sm font-medium">{email}</span>}
      title={t("twoStep.recoveryTitle")}
      description={fresh ? t("twoStep.nowOn") : undefined}
      footer={
        <>
          <CopyButton wordy value={code} label={t("twoStep.copyRecovery")} />
          <Button look="primary" onClick={onClose}>
            {t("twoStep.written")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <output
          aria-label={t("twoStep.recoveryTitle")}
          className="rounded-xl border border-line bg-surface px-4 py-3 text-center font-mono text-md break-words"
        >
          {inFours(code)}
        </output>
        <Callout mood="warn">{t("twoStep.recoveryText")}</Callout>
      </div>
    </Dialog>
  );
}
