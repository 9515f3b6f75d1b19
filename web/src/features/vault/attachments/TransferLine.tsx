import { CircleAlert, RotateCcw, X } from "lucide-react";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { IconButton } from "@/ui/Button";
import { Progress } from "@/ui/States";
import type { Transfer } from "./transfers";
import { transfers } from "./useTransfers";

/** How far a file is, or why it did not make it. */
export function TransferStatus({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const format = useFormat();
  const { step, done, total, kind, name, error } = transfer;
  if (step === "failed") {
    return (
      <p role="alert" className="flex items-start gap-1.5 text-sm text-bad">
        <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0 wrap-anywhere">{explain(error, t)}</span>
      </p>
    );
  }
  const counted = total > 0;
  return (
    <>
      <div className={counted ? undefined : "motion-safe:animate-pulse"}>
        <Progress label={t(`attachment.progress.${kind}`, { name })} value={done} max={counted ? total : 1} />
      </div>
      <p className="mt-1 text-xs text-muted tabular-nums">
        {counted
          ? t("attachment.ofBytes", { done: format.size(done), total: format.size(total) })
          : t(`attachment.step.${step}`)}
      </p>
    </>
  );
}

/** Beside it: once more, or not at all. */
export function TransferActs({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const failed = transfer.step === "failed";
  const { name } = transfer;
  return (
    <span className="flex shrink-0">
      {failed ? (
        <IconButton
          size="sm"
          label={t("attachment.retry", { name })}
          icon={<RotateCcw className="size-4" />}
          onClick={() => transfers.retry(transfer.key)}
        />
      ) : null}
      <IconButton
        size="sm"
        label={failed ? t("attachment.dismiss", { name }) : t("attachment.cancel", { name })}
        icon={<X className="size-4" />}
        onClick={() => transfers.cancel(transfer.key)}
      />
    </span>
  );
}
