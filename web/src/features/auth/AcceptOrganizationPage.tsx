import { useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { AcceptStep } from "./AcceptStep";
import { type Invitation, Joining, useJoining } from "./Joining";
import { BrokenLink } from "./RegisterPages";
import { TenantBadge } from "./TenantBadge";
import { WithAccount } from "./WithAccount";

export function AcceptOrganizationPage() {
  const t = useT();
  const link = useSearch({ from: "/accept-organization" });
  const { organizationId, organizationUserId, token } = link;
  if (!(organizationId && organizationUserId && token)) {
    return <BrokenLink />;
  }
  const name = link.organizationName ?? "";
  const badge = <TenantBadge id={organizationId} name={name} />;
  return (
    <WithAccount
      title={t("auth.joinTitle", { name })}
      badge={badge}
      intro={t("auth.joinIntro")}
      email={link.email ?? ""}
      proof={{ orgInviteToken: token, organizationUserId }}
      hasAccount={link.orgUserHasExistingUser?.toLowerCase() === "true"}
    >
      {(current) => (
        <Join
          invitation={{ organizationId, organizationUserId, token, email: link.email ?? "" }}
          name={name}
          badge={badge}
          current={current}
        />
      )}
    </WithAccount>
  );
}

type JoinProps = { invitation: Invitation; name: string; badge: ReactNode; current: string };

/** The last step, with what the organization asks of whoever joins. */
function Join({ invitation, name, badge, current }: JoinProps) {
  const t = useT();
  const joining = useJoining(invitation);
  return (
    <AcceptStep
      title={t("auth.joinTitle", { name })}
      badge={badge}
      invited={invitation.email}
      current={current}
      text={t("auth.joinText", { name })}
      doneTitle={t("auth.joinedTitle")}
      doneText={t("auth.joinedText", { name })}
      accept={joining.accept}
      waiting={joining.waiting}
    >
      <Joining joining={joining} name={name} />
    </AcceptStep>
  );
}
