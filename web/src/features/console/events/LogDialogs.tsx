import type { LogOf } from "@/api/events";
import { explain } from "@/app/errors";
import type { CipherId, MemberId } from "@/crypto/model/ids";
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
  return <LogPanel log={{ cipherId: id }} title={t("events.ofItem", { name })} onClose={onClose} />;
}

/** What one member did in the last 30 days. */
export function MemberEventsDialog({
  id,
  name,
  onClose,
}: {
  id: MemberId;
  name: string;
  onClose: () => void;
}) {
  const t = useT();
  const { organizationId } = useConsole();
  const log = { organizationId, memberId: id };
  return <LogPanel log={log} title={t("events.ofItem", { name })} onClose={onClose} />;
}

function LogPanel({ log: of, title, onClose }: { log: LogOf; title: string; onClose: () => void }) {
  const t = useT();
  const { badge } = useConsole();
  const log = useLog(of, {});
  return (
    <SidePanel
      open
      onClose={onClose}
      scope={badge}
      title={title}
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
