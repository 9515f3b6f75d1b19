import { useSearch } from "@tanstack/react-router";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { AcceptStep } from "./AcceptStep";
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
        <AcceptStep
          title={t("auth.joinTitle", { name })}
          badge={badge}
          invited={link.email ?? ""}
          current={current}
          text={t("auth.joinText", { name })}
          doneTitle={t("auth.joinedTitle")}
          doneText={t("auth.joinedText", { name })}
          accept={() => api.organizations.accept(organizationId, organizationUserId, token)}
        />
      )}
    </WithAccount>
  );
}
