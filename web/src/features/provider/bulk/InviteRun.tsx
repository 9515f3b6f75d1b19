import { Download, RotateCcw } from "lucide-react";
import { useMemo } from "react";
import { BatchProgress } from "@/features/console/bulk/BatchProgress";
import { countOf } from "@/features/console/bulk/batches";
import { useMail } from "@/features/console/people/Invited";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { usePortal } from "../scope";
import { LineTable } from "./LineTable";
import { useInvitationRun } from "./runs";
import { useSaveLines } from "./useSaveLines";

/** The invitations while they are sent, and what became of each; it is still here when one comes back. */
export function InviteRun() {
  const t = useT();
  const mail = useMail();
  const { providerId, name } = usePortal();
  const { run, phase, outcomes } = useInvitationRun(providerId);
  const save = useSaveLines();
  const lines = useMemo(() => [...outcomes.keys()], [outcomes]);
  const running = phase === "running";
  const failed = countOf(outcomes, "failed") + countOf(outcomes, "skipped");
  return (
    <>
      <div className="flex flex-col gap-3 px-4 py-4 sm:px-6">
        {running ? null : (
          <div role="status">
            <Callout
              mood={failed > 0 ? "warn" : "good"}
              title={t("bulkwork.sent", { count: countOf(outcomes, "done") })}
            >
              {[
                failed > 0 ? t("bulkwork.notSent", { count: failed }) : null,
                t(mail ? "bulkwork.afterMail" : "bulkwork.afterLink"),
              ]
                .filter(Boolean)
                .join(" ")}
            </Callout>
          </div>
        )}
        <BatchProgress outcomes={outcomes} />
        {running ? <p className="text-sm text-muted">{t("bulkwork.goesOn")}</p> : null}
      </div>
      <LineTable lines={lines} outcomes={outcomes} empty="" />
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-4 py-2.5 sm:px-6">
        {running ? (
          <Button onClick={run.cancel}>{t("console.bulk.stop")}</Button>
        ) : (
          <>
            <Button
              className="mr-auto"
              icon={<Download className="size-4" />}
              onClick={() => save(`${name}-invitations`, lines, outcomes)}
            >
              {t("bulkwork.saveResult")}
            </Button>
            <Button look="primary" icon={<RotateCcw className="size-4" />} onClick={run.clear}>
              {t("bulkwork.again")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
