import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Progress } from "@/ui/States";

type SeatsCellProps = { used: number; seats: number; className?: string };

/** How many seats are taken, as a number and as a bar; full says so in words, too. */
export function SeatsCell({ used, seats }: SeatsCellProps) {
  const t = useT();
  const format = useFormat();
  const full = seats > 0 && used >= seats;
  const close = !full && seats > 0 && used / seats >= 0.9;
  return (
    <span className="block">
      <span className="flex items-baseline justify-between gap-2">
        <span>{t("clients.usedOf", { used: format.number(used), seats: format.number(seats) })}</span>
        {full ? <span className="text-xs font-medium text-bad">{t("provider.full")}</span> : null}
      </span>
      <span className="mt-1 block">
        <Progress
          label={t("provider.seatsUsed", { used, seats })}
          value={used}
          max={seats}
          mood={full ? "bad" : close ? "warn" : "accent"}
        />
      </span>
    </span>
  );
}
