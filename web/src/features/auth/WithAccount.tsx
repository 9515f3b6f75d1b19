import { type ReactNode, useState } from "react";
import { useSession } from "@/app/hooks";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import type { RegistrationProof } from "@/session";
import { AuthLayout, linkClass } from "./AuthLayout";
import { LoginForm } from "./LoginForm";
import { RegisterForm } from "./RegisterForm";
import { UnlockForm } from "./UnlockForm";

type WithAccountProps = {
  title: string;
  intro: ReactNode;
  badge?: ReactNode;
  email: string;
  proof: RegistrationProof;
  /** The person is known to have an account. */
  hasAccount?: boolean;
  children: (email: string) => ReactNode;
};

/** Leads a person with a link to an open session: register, log in or unlock, whichever is next. */
export function WithAccount({ title, intro, badge, email, proof, hasAccount, children }: WithAccountProps) {
  const t = useT();
  const state = useSession();
  const [mode, setMode] = useState<"register" | "login">(hasAccount ? "login" : "register");

  if (state.status === "unlocked") {
    return children(state.account.email);
  }
  const locked = state.status === "locked" || (state.status === "unlocking" && state.account !== null);
  if (locked) {
    return (
      <AuthLayout
        title={title}
        badge={badge}
        intro={t("auth.unlockFirst")}
        footer={
          <button type="button" className={linkClass} onClick={() => void session.logout("user")}>
            {t("auth.otherAccount")}
          </button>
        }
      >
        <UnlockForm />
      </AuthLayout>
    );
  }
  const other = mode === "register" ? "login" : "register";
  return (
    <AuthLayout
      title={title}
      badge={badge}
      intro={intro}
      footer={
        <button type="button" className={linkClass} onClick={() => setMode(other)}>
          {mode === "register" ? t("auth.haveAccountSwitch") : t("auth.noAccountSwitch")}
        </button>
      }
    >
      {mode === "register" ? (
        <RegisterForm email={email} proof={proof} />
      ) : (
        <LoginForm email={email} fixed={email !== ""} />
      )}
    </AuthLayout>
  );
}
