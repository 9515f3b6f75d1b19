import { Mail, UserX } from "lucide-react";
import { useState } from "react";
import type { ReceivedSend } from "@/crypto/model/sends";
import { AuthLayout } from "@/features/auth/AuthLayout";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { CoveredText } from "../CoveredText";
import { ReceivedFile } from "./ReceivedFile";
import type { Step } from "./steps";

type ReceivedProps = {
  opened: Extract<Step, { kind: "open" }>;
  accessId: string;
  linkKey: string;
  onGo: (step: Step) => void;
};

/** What was sent, and by whom. Its name stands in the page alone: the tab's title ends up in histories. */
export function Received({ opened, accessId, linkKey, onGo }: ReceivedProps) {
  const t = useT();
  const format = useFormat();
  const { send } = opened;
  return (
    <AuthLayout title={t("receive.openedTitle")} intro={<Sender sender={send.sender} />}>
      <div className="flex flex-col gap-4">
        <h2 className="text-md font-semibold wrap-anywhere">{send.name}</h2>
        {send.type === "text" ? (
          <Text send={send} />
        ) : send.file ? (
          <ReceivedFile file={send.file} opened={opened} accessId={accessId} linkKey={linkKey} onGo={onGo} />
        ) : (
          <p className="text-muted">{t("receive.newer")}</p>
        )}
        {send.expirationDate ? (
          <p className="text-sm text-muted">
            {t("receive.until", { date: format.dateTime(send.expirationDate) })}
          </p>
        ) : null}
      </div>
    </AuthLayout>
  );
}

function Sender({ sender }: { sender: string | null }) {
  const t = useT();
  const Icon = sender ? Mail : UserX;
  return (
    <span className="flex items-start gap-2">
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="min-w-0">
        {sender ? (
          <>
            <span className="font-medium text-text wrap-anywhere">{t("receive.from", { sender })}</span>
            <span className="block text-sm">{t("receive.fromServer")}</span>
          </>
        ) : (
          t("receive.fromNobody")
        )}
      </span>
    </span>
  );
}

function Text({ send }: { send: ReceivedSend }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <section aria-label={t("receive.text")} className="flex flex-col gap-2">
      {send.hidden ? <p className="text-sm text-muted">{t("receive.textHidden")}</p> : null}
      <CoveredText
        primary
        open={!send.hidden}
        text={send.text}
        words={{ uncover: t("receive.uncover"), cover: t("receive.cover"), copy: t("receive.copy") }}
        onCopied={() => setCopied(true)}
      />
      <p role="status" className="text-sm text-muted">
        {copied ? t("receive.copied") : t("receive.keep")}
      </p>
    </section>
  );
}
