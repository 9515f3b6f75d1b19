import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ErrorState, Progress, SkeletonRows } from "@/ui/States";
import { explain } from "../errors";
import { useVault } from "../hooks";
import { vault } from "../services";

/** The first seconds after unlocking: what is happening, how far it is, and what to do when it fails. */
export function SyncNotice() {
  const t = useT();
  const status = useVault((state) => state.status);
  if (status.kind === "failed") {
    return (
      <ErrorState
        title={t("shell.syncFailed")}
        action={
          <Button look="primary" onClick={() => void vault.sync()}>
            {t("common.tryAgain")}
          </Button>
        }
      >
        {explain(status.error, t)}
      </ErrorState>
    );
  }
  const counted = status.kind === "loading" && status.total > 0;
  return (
    <div className="flex flex-1 flex-col">
      <div className="border-b border-line p-4">
        <div className="mx-auto max-w-md" role="status">
          <div className="mb-2 flex justify-between text-sm">
            <span>{counted ? t("shell.decrypting") : t("shell.loading")}</span>
            {counted ? (
              <span className="text-muted">
                {t("shell.decryptingCount", { done: status.done, total: status.total })}
              </span>
            ) : null}
          </div>
          <Progress
            label={t("shell.decrypting")}
            value={counted ? status.done : 0}
            max={counted ? status.total : 1}
          />
        </div>
      </div>
      <SkeletonRows count={12} />
    </div>
  );
}
