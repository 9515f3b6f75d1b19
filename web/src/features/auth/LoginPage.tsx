import { Link, useSearch } from "@tanstack/react-router";
import { GoTo } from "@/app/GoTo";
import { useSession } from "@/app/hooks";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { AuthLayout, linkClass } from "./AuthLayout";
import { LoginForm } from "./LoginForm";

export function LoginPage() {
  const t = useT();
  const state = useSession();
  const { next, email } = useSearch({ from: "/login" });

  if (state.status === "unlocked" || state.status === "locked") {
    return <GoTo href={next?.startsWith("/") ? next : "/vault"} />;
  }
  const known = state.status === "loggedOut" ? state.lastEmail : null;
  const reason = state.status === "loggedOut" ? state.reason : null;
  return (
    <AuthLayout
      title={t("auth.loginTitle")}
      intro={t("auth.loginIntro")}
      footer={
        <>
          {t("auth.noAccount")}{" "}
          <Link to="/register" className={linkClass}>
            {t("auth.registerLink")}
          </Link>
        </>
      }
    >
      {reason && reason !== "user" ? (
        <div className="mb-5">
          <Callout mood="warn">{t(`auth.loggedOut.${reason}`)}</Callout>
        </div>
      ) : null}
      <LoginForm email={email ?? known ?? ""} />
    </AuthLayout>
  );
}
