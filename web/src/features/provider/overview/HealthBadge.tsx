import { CircleAlert, CircleCheck, OctagonAlert } from "lucide-react";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import type { Health } from "./health";

const icons = { good: CircleCheck, warn: CircleAlert, bad: OctagonAlert };

/** How a client is: the first reason in words, and how many more there are. */
export function HealthBadge({ health }: { health: Health }) {
  const t = useT();
  const Icon = icons[health.mood];
  const [first, ...others] = health.reasons;
  const all = health.reasons.map((reason) => t(`overview.need.${reason}`)).join(", ");
  return (
    <span title={all || undefined}>
      <Badge mood={health.mood} icon={<Icon aria-hidden />}>
        {first ? t(`overview.short.${first}`) : t("overview.fine")}
        {others.length > 0 ? ` +${others.length}` : ""}
      </Badge>
    </span>
  );
}
