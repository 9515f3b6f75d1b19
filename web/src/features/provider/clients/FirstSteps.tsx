import { Building2, Plus } from "lucide-react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/States";
import { usePortal } from "../scope";
import type { ClientDialog } from "./ClientDialogs";

/** Three steps to the first client; to a service user, who gives them one. */
export function FirstSteps({ onOpen }: { onOpen: (dialog: ClientDialog) => void }) {
  const t = useT();
  const { admin } = usePortal();
  const steps = [t("provider.step1"), t("provider.step2"), t("provider.step3")];
  if (!admin) {
    return (
      <EmptyState icon={<Building2 />} title={t("clients.noneForYou")}>
        {t("clients.noneForYouText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Building2 />}
      title={t("provider.noClients")}
      action={
        <>
          <Button
            look="primary"
            icon={<Plus className="size-4" />}
            onClick={() => onOpen({ kind: "create" })}
          >
            {t("provider.newClient")}
          </Button>
          <Button onClick={() => onOpen({ kind: "existing" })}>{t("clients.addExisting")}</Button>
        </>
      }
    >
      <ol className="mt-2 flex flex-col gap-2 text-left">
        {steps.map((step, at) => (
          <li key={step} className="flex gap-3">
            <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-sm font-semibold text-text">
              {at + 1}
            </span>
            <span className="pt-0.5">{step}</span>
          </li>
        ))}
      </ol>
    </EmptyState>
  );
}
