import { explain } from "@/app/errors";
import type { CipherId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useConsole } from "../scope";
import { EventLines } from "./EventLines";
import { useLog } from "./useLog";

/** What happened to one item in the last 30 days. */
export function ItemEventsDialog({ id, name, onClose }: { id: CipherId; name: string; onClose: () => void }) {
  const t = useT();
  const { badge } = useConsole();
  const log = useLog({ cipherId: id }, {});
  return (
    <SidePanel
      open
      onClose={onClose}
      scope={badge}
      title={t("events.ofItem", { name })}
      footer={
        log.hasNextPage ? (
          <Button pending={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("events.more")}
          </Button>
        ) : undefined
      }
    >
      {log.isPending ? (
        <SkeletonRows count={5} />
      ) : log.isError && log.events.length === 0 ? (
        <ErrorState title={t("events.failed")}>{explain(log.error, t)}</ErrorState>
      ) : log.events.length === 0 ? (
        <EmptyState title={t("events.none")} />
      ) : (
        <EventLines events={log.events} />
      )}
    </SidePanel>
  );
}
