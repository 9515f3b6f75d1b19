import { useSession } from "@/app/hooks";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { AuthLayout, linkClass } from "./AuthLayout";
import { UnlockForm } from "./UnlockForm";

/** Locked: the address in the location bar stays, so that unlocking leads back to the same place. */
export function UnlockPage() {
  const t = useT();
  const state = useSession();
  if (state.status !== "locked" && state.status !== "unlocking") {
    return null;
  }
  return (
    <AuthLayout
      title={t("auth.unlockTitle")}
      intro={state.account ? t("auth.unlockIntro", { email: state.account.email }) : undefined}
      footer={
        <button type="button" className={linkClass} onClick={() => void session.logout("user")}>
          {t("auth.logoutInstead")}
        </button>
      }
    >
      {state.status === "locked" && state.reason === "timeout" ? (
        <div className="mb-5">
          <Callout>{t("auth.lockedByTimeout")}</Callout>
        </div>
      ) : null}
      <UnlockForm />
    </AuthLayout>
  );
}
