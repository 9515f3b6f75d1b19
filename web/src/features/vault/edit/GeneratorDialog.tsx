import { lazy, Suspense, useState } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";

const GeneratorPanel = lazy(() =>
  import("@/features/generator").then((module) => ({ default: module.GeneratorPanel })),
);

type GeneratorDialogProps = {
  kinds: ("password" | "passphrase" | "username")[];
  onClose: () => void;
  onUse: (value: string) => void;
};

export function GeneratorDialog({ kinds, onClose, onUse }: GeneratorDialogProps) {
  const t = useT();
  const [value, setValue] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      title={kinds[0] === "username" ? t("vault.generateUsername") : t("vault.generatePassword")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            disabled={!value}
            onClick={() => {
              onUse(value);
              onClose();
            }}
          >
            {t("generator.use")}
          </Button>
        </>
      }
    >
      <Suspense fallback={<Skeleton className="h-40" />}>
        <GeneratorPanel kinds={kinds} onValue={setValue} />
      </Suspense>
    </Dialog>
  );
}
