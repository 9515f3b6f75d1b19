import {
  CircleCheck,
  CirclePause,
  FileWarning,
  type LucideIcon,
  Ticket,
  UserCheck,
  UserX,
} from "lucide-react";
import type { Alert, ProviderOverview } from "@/api/overview";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { cx } from "@/ui/cx";
import { alerts } from "../clients/row";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { sectionsFor } from "../sections";
import { needsOf } from "./health";

const icons: Record<Alert, LucideIcon> = {
  suspended: CirclePause,
  noOwner: UserX,
  confirmations: UserCheck,
  outOfSeats: Ticket,
  drift: FileWarning,
};
const grave = new Set<Alert>(["suspended", "noOwner"]);

const face = "flex min-w-44 flex-1 items-center gap-3 rounded-xl border px-3.5 py-2.5 text-left sm:max-w-80";

type NeedsMeProps = {
  overview: ProviderOverview;
  current: Alert | null;
  onChoose: (need: Alert | null) => void;
};

/** What needs somebody: each part says how many clients, and leaves those in the table. */
export function NeedsMe({ overview, current, onChoose }: NeedsMeProps) {
  const t = useT();
  const needs = needsOf(overview.clients);
  const shown = alerts.filter((alert) => needs[alert].clients > 0 || alert === current);
  const team = <Team needs={overview.needsMe} />;
  const quiet = overview.needsMe.staffToConfirm + overview.needsMe.expiring === 0;
  if (shown.length === 0 && quiet) {
    return (
      <div className="px-4 pt-3 sm:px-6">
        <Callout mood="good" icon={<CircleCheck />}>
          {t("overview.nothing")}
        </Callout>
      </div>
    );
  }
  return (
    <section
      aria-label={t("overview.needsMe")}
      className="flex gap-2.5 overflow-x-auto px-4 pt-3 pb-1 sm:px-6"
    >
      {shown.map((alert) => (
        <NeedButton
          key={alert}
          alert={alert}
          count={needs[alert].clients}
          label={
            alert === "confirmations"
              ? t("overview.waiting", { count: needs.waiting })
              : t(`overview.need.${alert}`)
          }
          pressed={alert === current}
          onPress={() => onChoose(alert === current ? null : alert)}
        />
      ))}
      {team}
    </section>
  );
}

type NeedButtonProps = {
  alert: Alert;
  count: number;
  label: string;
  pressed: boolean;
  onPress: () => void;
};

function NeedButton({ alert, count, label, pressed, onPress }: NeedButtonProps) {
  const t = useT();
  const format = useFormat();
  const Icon = icons[alert];
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={cx(face, pressed ? "border-accent-text bg-accent-soft" : "border-line hover:bg-hover")}
    >
      <Icon className={cx("size-5 shrink-0", grave.has(alert) ? "text-bad" : "text-warn")} aria-hidden />
      <span className="min-w-0">
        <span className="flex items-baseline gap-1.5">
          <span className="text-lg font-semibold">{format.number(count)}</span>
          <span className="text-sm whitespace-nowrap text-muted">{t("overview.unit", { count })}</span>
        </span>
        <span className="block text-sm text-muted">{label}</span>
      </span>
    </button>
  );
}

/** What concerns the provider's own people: it is dealt with in other sections. */
function Team({ needs }: { needs: ProviderOverview["needsMe"] }) {
  const t = useT();
  const format = useFormat();
  const { provider } = usePortal();
  const reachable = new Set(sectionsFor(provider).map(({ id }) => id));
  const parts = [
    { key: "staffToConfirm", section: "people", count: needs.staffToConfirm, icon: UserCheck },
    { key: "expiring", section: "people", count: needs.expiring, icon: Ticket },
  ] as const;
  return parts
    .filter(({ section, count }) => (count ?? 0) > 0 && reachable.has(section))
    .map(({ key, section, count, icon: Icon }) => (
      <PortalLink key={key} section={section} className={cx(face, "border-line hover:bg-hover")}>
        <Icon className="size-5 shrink-0 text-accent-text" aria-hidden />
        <span className="min-w-0">
          <span className="block text-lg font-semibold">{format.number(count)}</span>
          <span className="block text-sm text-muted">{t(`overview.team.${key}`)}</span>
        </span>
      </PortalLink>
    ));
}
