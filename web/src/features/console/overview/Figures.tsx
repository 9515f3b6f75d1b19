import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Progress } from "@/ui/States";
import { SectionLink } from "../place";
import { useConsole } from "../scope";
import type { Overview } from "./standing";

/** Seats, people and two-step login as numbers. */
export function Figures({ overview }: { overview: Overview }) {
  const t = useT();
  const format = useFormat();
  const { summary } = useConsole();
  const seats = summary.seats ?? null;
  const withTwoStep = overview.members - overview.withoutTwoStep;
  return (
    <dl className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
      <Figure label={t("console.overview.seats")} value={format.number(overview.occupied)}>
        {seats === null ? (
          t("console.overview.seatsOpen")
        ) : (
          <>
            <Progress
              label={t("console.overview.seatsUsed", { used: overview.occupied, seats })}
              value={overview.occupied}
              max={seats}
              mood={overview.occupied >= seats ? "warn" : "accent"}
            />
            <span className="mt-1.5 block">
              {t("console.overview.seatsLeft", { count: Math.max(0, seats - overview.occupied) })}
            </span>
          </>
        )}
      </Figure>
      <Figure label={t("console.overview.members")} value={format.number(overview.members)}>
        {overview.invited > 0 ? (
          <SectionLink section="people" search={{ status: "invited" }} className="hover:underline">
            {t("console.overview.invited", { count: overview.invited })}
          </SectionLink>
        ) : (
          t("console.overview.noneInvited")
        )}
      </Figure>
      <Figure
        label={t("console.overview.twoStep")}
        value={t("common.of", {
          shown: format.number(withTwoStep),
          total: format.number(overview.members),
        })}
      >
        <Progress
          label={t("console.overview.twoStep")}
          value={withTwoStep}
          max={overview.members}
          mood={overview.withoutTwoStep > 0 ? "warn" : "good"}
        />
        <span className="mt-1.5 block">
          {overview.members === 0
            ? t("console.overview.nobodyYet")
            : overview.withoutTwoStep > 0
              ? t("console.overview.withoutTwoStep", { count: overview.withoutTwoStep })
              : t("console.overview.allTwoStep")}
        </span>
      </Figure>
    </dl>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-line p-4">
      <dt className="text-sm text-muted">{label}</dt>
      <dd>
        <span className="mt-0.5 mb-2 block text-lg font-semibold">{value}</span>
        <span className="block text-sm text-muted">{children}</span>
      </dd>
    </div>
  );
}
