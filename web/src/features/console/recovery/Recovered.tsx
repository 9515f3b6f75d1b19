import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { MaskedValue } from "@/ui/MaskedValue";
import { useConsole } from "../scope";

type RecoveredProps = {
  person: string;
  /** null when the master password stayed. */
  password: string | null;
  onClose: () => void;
};

/** What is to be done now: the password has to get to the person. */
export function Recovered({ person, password, onClose }: RecoveredProps) {
  const t = useT();
  const { badge } = useConsole();
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("recovery.doneTitle", { person })}
      description={t(password === null ? "recovery.doneTwoStep" : "recovery.doneText", { person })}
      footer={
        <Button look="primary" onClick={onClose}>
          {t("common.done")}
        </Button>
      }
    >
      {password === null ? null : (
        <div className="flex flex-col gap-3">
          <div className="rounded-xl border border-line bg-surface py-1.5 pr-2 pl-4">
            <MaskedValue value={password} copyLabel={t("recovery.copy")} />
          </div>
          <Callout>{t("recovery.doneNote")}</Callout>
        </div>
      )}
    </Dialog>
  );
}
