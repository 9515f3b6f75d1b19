import { CircleCheck, MailWarning, ShieldAlert, Ticket, UserCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { buttonClass } from "@/ui/Button";
import { SectionLink } from "../place";
import { roles } from "../rights";
import { useConsole } from "../scope";
import type { Overview } from "./standing";

/** The alerts, the most urgent first; or that there are none. */
export function NeedsMe({ overview }: { overview: Overview }) {
  const t = useT();
  const { summary, by, rights } = useConsole();
  const { seats } = summary;
  const full = typeof seats === "number" && overview.occupied >= seats;
  const alerts: ReactNode[] = [
    overview.waiting > 0 ? (
      <Callout
        key="waiting"
        mood="warn"
        icon={<UserCheck />}
        action={
          <SectionLink
            section="people"
            search={{ status: "waiting" }}
            className={buttonClass("primary", "sm")}
          >
            {t("console.overview.confirm")}
          </SectionLink>
        }
      >
        {t("client.waiting", { count: overview.waiting })}
      </Callout>
    ) : null,
    full ? (
      <Callout key="full" mood="warn" icon={<Ticket />} title={t("console.overview.full", { count: seats })}>
        {t(by.kind === "provider" ? "console.overview.fullProvider" : "console.overview.fullMember")}
      </Callout>
    ) : null,
    overview.owners === 1 && by.kind === "member" && rights.mayHandle(roles.owner) ? (
      <Callout key="owner" icon={<ShieldAlert />} title={t("console.overview.oneOwner")}>
        {t("console.overview.oneOwnerText")}
      </Callout>
    ) : null,
    overview.expired > 0 ? (
      <Callout
        key="expired"
        icon={<MailWarning />}
        action={
          <SectionLink
            section="people"
            search={{ status: "invited" }}
            className={buttonClass("secondary", "sm")}
          >
            {t("console.overview.look")}
          </SectionLink>
        }
      >
        {t("console.overview.expired", { count: overview.expired })}
      </Callout>
    ) : null,
  ].filter(Boolean);
  return (
    <section aria-label={t("console.overview.needs")} className="flex flex-col gap-2">
      {alerts.length > 0 ? (
        alerts
      ) : (
        <Callout mood="good" icon={<CircleCheck />}>
          {t("console.overview.nothing")}
        </Callout>
      )}
    </section>
  );
}
