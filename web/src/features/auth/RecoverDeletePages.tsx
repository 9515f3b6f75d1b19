import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { AuthLayout, linkClass } from "./AuthLayout";
import { MailRequest } from "./HintPage";
import { BrokenLink } from "./RegisterPages";

/** For those who lost the master password and want to begin anew. */
export function RecoverDeletePage() {
  const t = useT();
  return (
    <MailRequest
      email=""
      danger
      title={t("auth.recoverTitle")}
      intro={t("auth.recoverIntro")}
      action={t("auth.recoverAction")}
      done={t("auth.recoverDone")}
      request={(email) => api.accounts.requestDeletion(email)}
    />
  );
}

export function VerifyRecoverDeletePage() {
  const t = useT();
  const { userId, token, email } = useSearch({ from: "/verify-recover-delete" });
  const [state, setState] = useState<"asking" | "busy" | "done">("asking");
  const [error, setError] = useState<string>();
  if (!(userId && token)) {
    return <BrokenLink />;
  }

  async function remove(id: string, proof: string) {
    setState("busy");
    setError(undefined);
    try {
      await api.accounts.confirmDeletion(id, proof);
      setState("done");
    } catch (caught) {
      setState("asking");
      setError(explain(caught, t));
    }
  }

  const footer = (
    <Link to="/login" className={linkClass}>
      {t("auth.backToLogin")}
    </Link>
  );
  if (state === "done") {
    return <AuthLayout title={t("auth.deletedTitle")} intro={t("auth.deletedText")} footer={footer} />;
  }
  return (
    <AuthLayout
      title={t("auth.confirmDeleteTitle")}
      intro={t("auth.confirmDeleteText", { email: email ?? "" })}
      footer={footer}
    >
      <div className="flex flex-col gap-5">
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Button look="danger" pending={state === "busy"} onClick={() => void remove(userId, token)}>
          {t("auth.confirmDeleteAction")}
        </Button>
      </div>
    </AuthLayout>
  );
}
