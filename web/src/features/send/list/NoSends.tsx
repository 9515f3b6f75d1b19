import { Plus, Send } from "lucide-react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/States";

const steps = ["1", "2", "3"] as const;

/** What a Send is good for, and how one is made. */
export function NoSends({ onCreate }: { onCreate: (() => void) | undefined }) {
  const t = useT();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        icon={<Send />}
        title={t("send.emptyTitle")}
        action={
          onCreate ? (
            <Button look="primary" icon={<Plus className="size-4" />} onClick={onCreate}>
              {t("send.new")}
            </Button>
          ) : undefined
        }
      >
        <p>{t("send.emptyText")}</p>
        <ol className="mx-auto mt-4 flex w-fit flex-col gap-2 text-left text-text">
          {steps.map((step) => (
            <li key={step} className="flex items-start gap-2.5">
              <span
                aria-hidden
                className="flex size-5 shrink-0 items-center justify-center rounded-full bg-sunken text-xs font-medium text-muted"
              >
                {step}
              </span>
              {t(`send.emptySteps.${step}`)}
            </li>
          ))}
        </ol>
      </EmptyState>
    </div>
  );
}
