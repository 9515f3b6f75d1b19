import { useState } from "react";
import type { ProfileOrganization } from "@/api";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { EnrolDialog } from "./EnrolDialog";
import { enrolmentOf } from "./enrolment";
import { WithdrawDialog } from "./WithdrawDialog";

/** Which organizations could let one in again after a forgotten password. Nothing where none could. */
export function RecoverySection() {
  const t = useT();
  const policies = useVault((state) => state.policies);
  const organizations = useVault((state) => state.organizations).filter((organization) => {
    const { enrolled, offered } = enrolmentOf(organization, policies);
    return organization.status === 2 && (enrolled || offered);
  });
  if (organizations.length === 0) {
    return null;
  }
  return (
    <section>
      <h2 className="text-md font-semibold">{t("membership.recovery")}</h2>
      <p className="mt-1 text-muted">{t("membership.recoveryText")}</p>
      <ul className="mt-4 divide-y divide-line rounded-xl border border-line">
        {organizations.map((organization) => (
          <Row key={organization.id} organization={organization} />
        ))}
      </ul>
    </section>
  );
}

function Row({ organization }: { organization: ProfileOrganization }) {
  const t = useT();
  const policies = useVault((state) => state.policies);
  const [dialog, setDialog] = useState<"enrol" | "withdraw" | null>(null);
  const { id, name } = organization;
  const { enrolled, everybody } = enrolmentOf(organization, policies);
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <Avatar size="sm" seed={id} name={name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        {everybody ? <span className="block text-sm text-muted">{t("membership.everybody")}</span> : null}
      </span>
      <Badge mood={enrolled ? "good" : "neutral"}>
        {t(enrolled ? "membership.isEnrolled" : "membership.notEnrolled")}
      </Badge>
      {enrolled && !everybody ? (
        <Button size="sm" onClick={() => setDialog("withdraw")}>
          {t("membership.withdraw")}
        </Button>
      ) : null}
      {enrolled ? null : (
        <Button size="sm" onClick={() => setDialog("enrol")}>
          {t("membership.enrol")}
        </Button>
      )}
      {dialog === "enrol" ? (
        <EnrolDialog organization={organization} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "withdraw" ? (
        <WithdrawDialog organization={organization} onClose={() => setDialog(null)} />
      ) : null}
    </li>
  );
}
