import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { AuthLayout, linkClass } from "./AuthLayout";
import { BrokenLink } from "./RegisterPages";
import { TenantBadge } from "./TenantBadge";

/** Whoever holds the operator's link deletes the provider with it. */
export function DeleteProviderPage() {
  const t = useT();
  const { providerId, token, name = "" } = useSearch({ from: "/verify-recover-delete-provider" });
  const [state, setState] = useState<"asking" | "busy" | "done">("asking");
  const [error, setError] = useState<string>();
  if (!(providerId && token)) {
    return <BrokenLink />;
  }

  async function remove(id: string, proof: string) {
    setState("busy");
    setError(undefined);
    try {
      await api.fleet.removeByLink(id, proof);
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
    return (
      <AuthLayout
        title={t("providerDeletion.done")}
        intro={t("providerDeletion.doneText", { name })}
        footer={footer}
      />
    );
  }
  return (
    <AuthLayout
      title={t("providerDeletion.title", { name })}
      badge={<TenantBadge id={providerId} name={name} />}
      intro={t("providerDeletion.intro")}
      footer={footer}
    >
      <div className="flex flex-col gap-5">
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Button look="danger" pending={state === "busy"} onClick={() => void remove(providerId, token)}>
          {t("providerDeletion.action")}
        </Button>
      </div>
    </AuthLayout>
  );
}
