import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Policy } from "@/api";
import { explain } from "@/app/errors";
import { api, crypto, session } from "@/app/services";
import type { MemberId, OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Skeleton } from "@/ui/States";

export type Invitation = {
  readonly organizationId: OrgId;
  readonly organizationUserId: MemberId;
  readonly token: string;
  readonly email: string;
};

/** Policies that change something for whoever joins, by their numbers. */
const asked = [0, 1, 3, 5] as const;
type Asked = (typeof asked)[number];
const recovery = 8;

type Terms = {
  readonly asks: readonly Asked[];
  /** Present when the organization wants the user key of everybody. */
  readonly recovery: { readonly publicKey: string; readonly phrase: string } | null;
};

async function termsOf(invitation: Invitation, signal: AbortSignal): Promise<Terms> {
  const { organizationId, organizationUserId, token, email } = invitation;
  const policies = await api.policies.ofInvitation(organizationId, { organizationUserId, token, email });
  const on = new Map(policies.filter(({ enabled }) => enabled).map((policy) => [policy.type, policy]));
  const asks = asked.filter((type) => on.has(type));
  if (!enrolsAll(on.get(recovery))) {
    return { asks, recovery: null };
  }
  const publicKey = await api.administration.publicKey(organizationId, { signal });
  const phrase = await crypto.fingerprint(organizationId, publicKey);
  return { asks, recovery: { publicKey, phrase } };
}

const enrolsAll = (policy: Policy | undefined) => policy?.data?.autoEnrollEnabled === true;

/** What it takes to accept an invitation beside a click. */
export function useJoining(invitation: Invitation) {
  const { organizationId, organizationUserId, token } = invitation;
  const [password, setPassword] = useState("");
  const terms = useQuery({
    queryKey: ["joining", organizationId, organizationUserId],
    queryFn: ({ signal }) => termsOf(invitation, signal),
    gcTime: 0,
  });
  const enrols = terms.data?.recovery ?? null;

  async function accept() {
    const key = enrols ? (await session.enrolRecovery(password, enrols.publicKey)).resetPasswordKey : null;
    await api.organizations.accept(organizationId, organizationUserId, token, key);
  }

  const waiting = terms.isPending || terms.isError || (enrols !== null && password === "");
  return { terms, password, setPassword, accept, waiting };
}

/** Says what the organization asks, and takes the password where it wants to be able to recover the account. */
export function Joining({ joining, name }: { joining: ReturnType<typeof useJoining>; name: string }) {
  const t = useT();
  const { terms, password, setPassword } = joining;
  if (terms.isPending) {
    return <Skeleton className="h-10" />;
  }
  if (terms.isError) {
    return (
      <div role="alert">
        <Callout mood="bad" title={t("joining.failed")}>
          {explain(terms.error, t)}
        </Callout>
      </div>
    );
  }
  const { asks, recovery: enrols } = terms.data;
  return (
    <>
      {asks.length > 0 ? (
        <Callout title={t("joining.asks", { name })}>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-4">
            {asks.map((type) => (
              <li key={type}>{t(`joining.policy.${type}`)}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {enrols ? (
        <>
          <Callout title={t("joining.recovery", { name })}>
            <p>{t("joining.recoveryText")}</p>
            <p className="mt-2 font-mono break-words">{enrols.phrase}</p>
          </Callout>
          <Field label={t("auth.masterPassword")}>
            <PasswordInput
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        </>
      ) : null}
    </>
  );
}
