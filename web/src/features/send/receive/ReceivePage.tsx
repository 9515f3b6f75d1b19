import { useParams } from "@tanstack/react-router";
import { AuthLayout } from "@/features/auth/AuthLayout";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { AddressForm, CodeForm, PasswordForm } from "./Proofs";
import { Received } from "./Received";
import { type Receiving, useReceiving } from "./useReceiving";

/** What a link leads to, for people without an account. */
export function ReceivePage() {
  const { accessId, key } = useParams({ from: "/send/$accessId/$key" });
  return <Receive key={`${accessId}/${key}`} accessId={accessId} linkKey={key} />;
}

function Receive({ accessId, linkKey }: { accessId: string; linkKey: string }) {
  const receiving = useReceiving(accessId, linkKey);
  const { step } = receiving;
  switch (step.kind) {
    case "start":
      return <Start receiving={receiving} again={step.again} />;
    case "password":
      return <PasswordForm receiving={receiving} wrong={step.wrong} />;
    case "email":
      return <AddressForm receiving={receiving} />;
    case "code":
      return <CodeForm receiving={receiving} email={step.email} wrong={step.wrong} />;
    case "open":
      return <Received opened={step} linkKey={linkKey} accessId={accessId} onGo={receiving.go} />;
    default:
      return <Nothing kind={step.kind} />;
  }
}

/** Why something did not work, above the next try. */
export function Failed({ error, title }: { error: string | undefined; title?: string }) {
  const t = useT();
  return error ? (
    <div role="alert">
      <Callout mood="bad" title={title ?? t("receive.failed")}>
        {error}
      </Callout>
    </div>
  ) : null;
}

const nothing = {
  gone: ["receive.goneTitle", "receive.goneText"],
  damaged: ["receive.damagedTitle", "receive.damagedText"],
} as const;

/** Says what this is. To fetch it would count, so somebody has to ask for it. */
function Start({ receiving, again }: { receiving: Receiving; again: boolean }) {
  const t = useT();
  return (
    <AuthLayout title={t("receive.title")} intro={t("receive.intro", { host: location.host })}>
      <div className="flex flex-col gap-5">
        {again ? <Callout mood="warn">{t("receive.tooLong")}</Callout> : null}
        <Failed error={receiving.error} />
        <Button look="primary" autoFocus pending={receiving.busy} onClick={() => void receiving.show()}>
          {t("receive.show")}
        </Button>
        <p className="text-sm text-muted">{t("receive.counts")}</p>
      </div>
    </AuthLayout>
  );
}

function Nothing({ kind }: { kind: "gone" | "damaged" }) {
  const t = useT();
  const [title, text] = nothing[kind];
  return (
    <div role="alert" className="contents">
      <AuthLayout title={t(title)} intro={t(text)} />
    </div>
  );
}
