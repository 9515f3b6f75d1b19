import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { provider } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { AuthLayout } from "./AuthLayout";
import { BrokenLink } from "./RegisterPages";
import { WithAccount } from "./WithAccount";

/** The first technician: an account, then the name of the house. The provider's key is made in this browser. */
export function SetupProviderPage() {
  const t = useT();
  const { providerId, token, email } = useSearch({ from: "/providers/setup-provider" });
  if (!(providerId && token)) {
    return <BrokenLink />;
  }
  return (
    <WithAccount
      title={t("auth.setupTitle")}
      intro={t("auth.setupIntro")}
      email={email ?? ""}
      proof={{ providerSetupToken: token }}
    >
      {(current) => <SetupForm providerId={providerId} token={token} email={current} />}
    </WithAccount>
  );
}

function SetupForm({ providerId, token, email }: { providerId: string; token: string; email: string }) {
  const t = useT();
  const navigate = useNavigate();
  // The profile lists a provider once it is set up: the link has done its work then.
  const known = useVault((state) => state.providers).some(({ id }) => id === providerId);
  const [name, setName] = useState("");
  const [billingEmail, setBillingEmail] = useState(email);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await provider.setup(providerId, {
        name: name.trim(),
        businessName: null,
        billingEmail: billingEmail.trim(),
        token,
      });
      await navigate({ to: "/providers/$providerId", params: { providerId } });
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  if (known && !busy) {
    return <Navigate to="/providers/$providerId" params={{ providerId }} replace />;
  }
  return (
    <AuthLayout title={t("auth.setupNameTitle")} intro={t("auth.setupNameIntro")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Field label={t("auth.providerName")} hint={t("auth.providerNameHint")}>
          <Input autoFocus maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t("auth.billingEmail")}>
          <Input
            type="email"
            maxLength={256}
            value={billingEmail}
            onChange={(event) => setBillingEmail(event.target.value)}
          />
        </Field>
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Button
          type="submit"
          look="primary"
          pending={busy}
          disabled={!(name.trim() && billingEmail.includes("@"))}
        >
          {t("auth.setupAction")}
        </Button>
      </form>
    </AuthLayout>
  );
}
