import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { api, crypto, session } from "@/app/services";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { toast } from "@/ui/Toast";
import { Phrase } from "./Phrase";
import { type Request, requestsKey } from "./useRequests";

type ApproveDialogProps = { request: Request; onClose: () => void };

/** Shows who asks, and gives them the user key or not. It can only be had with the master password. */
export function ApproveDialog({ request, onClose }: ApproveDialogProps) {
  const t = useT();
  const act = useAnswer(request, onClose);
  const [password, setPassword] = useState("");
  const email = session.account()?.email ?? "";
  const phrase = useQuery({
    queryKey: ["fingerprint", email, request.publicKey],
    queryFn: () => crypto.fingerprint(email, request.publicKey),
  });
  const { standing } = request;
  const open = standing === "waiting";

  function approve(event: FormEvent) {
    event.preventDefault();
    if (password !== "") void act.approve(password);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("device.noticeTitle")}
      description={t("device.approveText")}
      footer={
        open ? (
          <>
            <Button
              pending={act.busy === "deny"}
              disabled={act.busy !== null}
              onClick={() => void act.deny()}
            >
              {t("device.deny")}
            </Button>
            <Button
              type="submit"
              form="approve-form"
              look="primary"
              pending={act.busy === "approve"}
              disabled={!phrase.data || password === "" || act.busy !== null}
            >
              {t("device.approve")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{t("device.close")}</Button>
        )
      }
    >
      <form id="approve-form" noValidate onSubmit={approve} className="flex flex-col gap-4">
        <Facts request={request} email={email} />
        {standing === "waiting" ? (
          <>
            <div>
              <p className="text-sm font-medium">{t("device.phrase")}</p>
              {phrase.error ? (
                <Callout mood="bad">{explain(phrase.error, t)}</Callout>
              ) : (
                <Phrase phrase={phrase.data} />
              )}
              <p className="mt-1.5 text-sm text-muted">{t("device.approvePhraseText")}</p>
            </div>
            <Field label={t("auth.masterPassword")} hint={t("device.passwordHint")} error={act.error}>
              <PasswordInput
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
          </>
        ) : (
          <div role="status">
            <Callout mood="warn">{t(`device.closed.${standing}`)}</Callout>
          </div>
        )}
      </form>
    </Dialog>
  );
}

function Facts({ request, email }: { request: Request; email: string }) {
  const t = useT();
  const format = useFormat();
  const facts = [
    [t("device.device"), request.requestDeviceType],
    [t("device.address"), request.requestIpAddress ?? t("device.addressUnknown")],
    [t("device.time"), format.dateTime(request.creationDate)],
    [t("device.account"), email],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-lg bg-sunken px-3 py-2.5 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useAnswer(request: Request, onDone: () => void) {
  const t = useT();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<"approve" | "deny" | null>(null);
  const [error, setError] = useState<string>();

  async function answer(kind: "approve" | "deny", send: () => Promise<unknown>) {
    setBusy(kind);
    setError(undefined);
    try {
      await send();
      toast({ title: t(kind === "approve" ? "device.approved" : "device.denied") });
      onDone();
    } catch (caught) {
      setError(explain(caught, t));
      setBusy(null);
    } finally {
      // Somebody else may have been faster: then the list says what became of it.
      await queries.invalidateQueries({ queryKey: requestsKey });
    }
  }

  return {
    busy,
    error,
    approve: (password: string) =>
      answer("approve", async () => {
        const { resetPasswordKey } = await session.enrolRecovery(password, request.publicKey);
        await (await api.authRequests()).approve(request.id, resetPasswordKey, session.deviceIdentifier);
      }),
    deny: () =>
      answer("deny", async () => (await api.authRequests()).deny(request.id, session.deviceIdentifier)),
  };
}
