import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Progress } from "@/ui/States";
import type { Saving } from "./useSaving";

/** How far a file is on its way. */
export function Sending({ saving, name }: { saving: Saving; name: string }) {
  const t = useT();
  const format = useFormat();
  if (saving.kind !== "encrypting" && saving.kind !== "sending") {
    return null;
  }
  const sending = saving.kind === "sending" ? saving : null;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2.5" role="status">
      <p className="mb-2 truncate text-sm font-medium">{t("send.sending", { file: name })}</p>
      <div className={sending ? undefined : "motion-safe:animate-pulse"}>
        <Progress
          label={t("send.sending", { file: name })}
          value={sending?.done ?? 0}
          max={sending?.total || 1}
        />
      </div>
      <p className="mt-1.5 text-sm text-muted">
        {sending
          ? t("send.uploading", { done: format.size(sending.done), total: format.size(sending.total) })
          : t("send.encrypting")}
      </p>
    </div>
  );
}
