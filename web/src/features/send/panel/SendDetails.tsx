import { Paperclip } from "lucide-react";
import type { SendView } from "@/crypto/model/sends";
import { Card, Row } from "@/features/vault/view/Card";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Progress } from "@/ui/States";
import { CoveredText } from "../CoveredText";
import { accessesOf, opensWith } from "../list/SendTable";

type SendDetailsProps = {
  send: SendView;
  /** Lets the link alone open it; null where a policy forbids that. */
  onOpenUp: (() => void) | null;
};

export function SendDetails({ send, onOpenUp }: SendDetailsProps) {
  const t = useT();
  return (
    <>
      <Card plain title={t("send.content")}>
        {send.type === "file" ? (
          <FileLine send={send} />
        ) : send.type === "text" ? (
          <TextLine send={send} />
        ) : (
          <p className="px-4 py-3 text-muted">{t("send.unknownKind")}</p>
        )}
      </Card>
      <Card title={t("send.details")}>
        <Accesses send={send} />
        <Dates send={send} />
        <Protection send={send} onOpenUp={onOpenUp} />
        <Row label={t("send.yourAddress")}>
          <Line>{t(send.hideEmail ? "send.addressHidden" : "send.addressShown")}</Line>
        </Row>
      </Card>
      {send.notes ? (
        <Card plain title={t("send.notes")}>
          <p className="px-4 py-3 break-words whitespace-pre-wrap">{send.notes}</p>
        </Card>
      ) : null}
    </>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return <span className="leading-8">{children}</span>;
}

function TextLine({ send }: { send: SendView }) {
  const t = useT();
  return (
    <div className="px-4 py-2.5">
      <CoveredText
        text={send.text}
        words={{ uncover: t("ui.show"), cover: t("ui.hide"), copy: t("send.copyText") }}
      />
      {send.hidden ? <p className="mt-1 text-sm text-muted">{t("send.covered")}</p> : null}
    </div>
  );
}

function FileLine({ send }: { send: SendView }) {
  const format = useFormat();
  return (
    <div className="flex items-center gap-3 px-4 py-3">
      <Paperclip className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 flex-1 wrap-anywhere">{send.file?.name}</span>
      <span className="text-sm text-muted">{format.size(send.file?.size ?? 0)}</span>
    </div>
  );
}

function Accesses({ send }: { send: SendView }) {
  const t = useT();
  const format = useFormat();
  const most = send.maxAccessCount;
  return (
    <Row label={t("send.accesses")}>
      <Line>
        {accessesOf(send, t, format.number)}
        {most === null ? <span className="text-muted"> · {t("send.unlimited")}</span> : null}
      </Line>
      {most === null ? null : (
        <div className="pb-1.5">
          <Progress
            label={t("send.accesses")}
            value={send.accessCount}
            max={most}
            mood={send.accessCount >= most ? "warn" : "accent"}
          />
        </div>
      )}
    </Row>
  );
}

function Dates({ send }: { send: SendView }) {
  const t = useT();
  const format = useFormat();
  const line = (date: string) => (
    <Line>
      {format.dateTime(date)} <span className="text-muted">· {format.ago(date)}</span>
    </Line>
  );
  return (
    <>
      {send.expirationDate ? <Row label={t("send.expiration")}>{line(send.expirationDate)}</Row> : null}
      <Row label={t("send.deletion")}>{line(send.deletionDate)}</Row>
    </>
  );
}

function Protection({ send, onOpenUp }: SendDetailsProps) {
  const t = useT();
  const { protection } = send;
  return (
    <Row label={t("send.opensWith")}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Line>{opensWith(send, t)}</Line>
          {protection.kind === "emails" ? (
            <ul className="pb-1 text-sm text-muted">
              {protection.emails.map((email) => (
                <li key={email} className="truncate">
                  {email}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
        {protection.kind !== "link" && onOpenUp ? (
          <Button size="sm" look="ghost" onClick={onOpenUp}>
            {t(protection.kind === "password" ? "send.removePassword" : "send.removeEmails")}
          </Button>
        ) : null}
      </div>
    </Row>
  );
}
