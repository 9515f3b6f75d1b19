import { CircleOff, Clock, Hourglass, TriangleAlert } from "lucide-react";
import type { SendListItem } from "@/crypto/model/sends";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { endsSoon, nextEnd, standingOf } from "../model/standing";

/** Why a link leads nowhere, or will soon; nothing for one that is simply open. */
export function StandingBadge({ send, now }: { send: SendListItem; now: number }) {
  const t = useT();
  const format = useFormat();
  const standing = standingOf(send, now);
  switch (standing) {
    case "open":
      return endsSoon(send, now) ? (
        <Badge mood="warn" icon={<Hourglass aria-hidden />}>
          {t("send.endsSoon", { when: format.ago(nextEnd(send)) })}
        </Badge>
      ) : null;
    case "broken":
      return (
        <Badge mood="bad" icon={<TriangleAlert aria-hidden />}>
          {t("send.standing.broken")}
        </Badge>
      );
    case "disabled":
      return <Badge icon={<CircleOff aria-hidden />}>{t("send.standing.disabled")}</Badge>;
    default:
      return <Badge icon={<Clock aria-hidden />}>{t(`send.standing.${standing}`)}</Badge>;
  }
}
