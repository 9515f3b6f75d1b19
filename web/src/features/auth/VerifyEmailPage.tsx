import { Link, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { buttonClass, Spinner } from "@/ui/Button";
import { AuthLayout } from "./AuthLayout";
import { BrokenLink } from "./RegisterPages";

export function VerifyEmailPage() {
  const t = useT();
  const { userId, token } = useSearch({ from: "/verify-email" });
  const [outcome, setOutcome] = useState<{ error: unknown } | "done" | null>(null);
  const asked = useRef(false);

  useEffect(() => {
    // The token works once, and development mode runs effects twice.
    if (!(userId && token) || asked.current) {
      return;
    }
    asked.current = true;
    api.accounts.verifyEmail(userId, token).then(
      () => setOutcome("done"),
      (error: unknown) => setOutcome({ error }),
    );
  }, [userId, token]);

  if (!(userId && token)) {
    return <BrokenLink />;
  }
  if (outcome === null) {
    return (
      <AuthLayout title={t("auth.verifyTitle")}>
        <Spinner />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={outcome === "done" ? t("auth.verifiedTitle") : t("auth.verifyFailed")}
      intro={outcome === "done" ? t("auth.verifiedText") : undefined}
    >
      {outcome === "done" ? null : <Callout mood="bad">{explain(outcome.error, t)}</Callout>}
      <Link to="/vault" className={`${buttonClass("primary")} mt-5 w-full`}>
        {t("auth.toVault")}
      </Link>
    </AuthLayout>
  );
}
