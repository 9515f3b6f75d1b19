import { useSearch } from "@tanstack/react-router";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { AcceptStep } from "./AcceptStep";
import { BrokenLink } from "./RegisterPages";
import { TenantBadge } from "./TenantBadge";
import { WithAccount } from "./WithAccount";

export function AcceptProviderPage() {
  const t = useT();
  const link = useSearch({ from: "/providers/accept-provider" });
  const { providerId, providerUserId, token } = link;
  if (!(providerId && providerUserId && token)) {
    return <BrokenLink />;
  }
  const name = link.providerName ?? "";
  const badge = <TenantBadge id={providerId} name={name} />;
  return (
    <WithAccount
      title={t("auth.joinTitle", { name })}
      badge={badge}
      intro={t("auth.joinProviderIntro")}
      email={link.email ?? ""}
      proof={{ providerInviteToken: token, providerUserId }}
    >
      {(current) => (
        <AcceptStep
          title={t("auth.joinTitle", { name })}
          badge={badge}
          invited={link.email ?? ""}
          current={current}
          text={t("auth.joinProviderText", { name })}
          doneTitle={t("auth.joinedTitle")}
          doneText={t("auth.joinedProviderText", { name })}
          accept={() => api.providers.accept(providerId, providerUserId, token)}
        />
      )}
    </WithAccount>
  );
}
