import { useState } from "react";
import { explain } from "@/app/errors";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge, type Mood } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { ApproveDialog } from "./ApproveDialog";
import type { Standing } from "./standing";
import { type Request, useRequests } from "./useRequests";

const moods: Record<Exclude<Standing, "waiting">, Mood> = {
  approved: "good",
  denied: "bad",
  expired: "neutral",
};

/** For whoever missed the notice. */
export function RequestsSection() {
  const t = useT();
  const { requests, isPending, isError, error } = useRequests();
  const [shown, setShown] = useState<Request>();
  return (
    <Group title={t("device.listTitle")} text={t("device.listText")}>
      {isPending ? (
        <SkeletonRows count={1} />
      ) : isError ? (
        <ErrorState title={t("device.listFailed")}>{explain(error, t)}</ErrorState>
      ) : requests?.length ? (
        <ul aria-label={t("device.listTitle")} className="divide-y divide-line rounded-xl border border-line">
          {requests.map((request) => (
            <Row key={request.id} request={request} onLook={() => setShown(request)} />
          ))}
        </ul>
      ) : (
        <p className="rounded-xl border border-dashed border-line px-4 py-5 text-center text-muted">
          {t("device.listEmpty")}
        </p>
      )}
      {shown ? (
        <ApproveDialog
          request={requests?.find(({ id }) => id === shown.id) ?? { ...shown, standing: "expired" }}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </Group>
  );
}

function Row({ request, onLook }: { request: Request; onLook: () => void }) {
  const t = useT();
  const format = useFormat();
  const { standing } = request;
  return (
    <li className="flex min-h-14 items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{request.requestDeviceType}</div>
        <div className="text-sm break-words text-muted">
          {[request.requestIpAddress, format.ago(request.creationDate)].filter(Boolean).join(" · ")}
        </div>
      </div>
      {standing === "waiting" ? (
        <Button size="sm" onClick={onLook}>
          {t("device.look")}
        </Button>
      ) : (
        <Badge mood={moods[standing]}>{t(`device.standing.${standing}`)}</Badge>
      )}
    </li>
  );
}
