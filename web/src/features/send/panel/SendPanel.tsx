import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { explain } from "@/app/errors";
import type { SendListItem, SendView } from "@/crypto/model/sends";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { SidePanel } from "@/ui/Dialog";
import { EmptyState, ErrorState, Skeleton } from "@/ui/States";
import { StandingBadge } from "../list/StandingBadge";
import { linkOf, useOpenSend, useSendRules } from "../useSends";
import { RemoveProtection } from "./RemoveProtection";
import { SendDetails } from "./SendDetails";

type SendPanelProps = {
  /** Absent when it is gone. */
  send: SendListItem | undefined;
  now: number;
  onClose: () => void;
  onEdit: (send: SendView) => void;
  onDelete: (send: SendListItem) => void;
};

/** One Send beside the list. */
export function SendPanel({ send, ...props }: SendPanelProps) {
  const t = useT();
  return send ? (
    <Present send={send} {...props} />
  ) : (
    <SidePanel open onClose={props.onClose} title={t("send.title")}>
      <EmptyState title={t("send.goneTitle")}>{t("send.goneText")}</EmptyState>
    </SidePanel>
  );
}

function Present({ send, now, onClose, onEdit, onDelete }: SendPanelProps & { send: SendListItem }) {
  const t = useT();
  const opened = useOpenSend(send);
  const rules = useSendRules();
  const [opening, setOpening] = useState(false);
  const { data, isPlaceholderData } = opened;
  return (
    <SidePanel
      open
      onClose={onClose}
      title={send.broken ? t("send.broken") : send.name}
      scope={<StandingBadge send={send} now={now} />}
      footer={
        <>
          <Button
            look="ghost"
            icon={<Trash2 className="size-4" />}
            onClick={() => onDelete(send)}
            className="mr-auto !text-bad"
          >
            {t("send.delete")}
          </Button>
          {send.type && !send.broken && !rules.off ? (
            <Button
              icon={<Pencil className="size-4" />}
              disabled={!data}
              onClick={() => data && !isPlaceholderData && onEdit(data)}
            >
              {t("send.edit")}
            </Button>
          ) : null}
          {send.broken ? null : (
            <CopyButton wordy look="primary" value={() => linkOf(send.id)} label={t("send.copyLink")} />
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4 px-5 py-5">
        {opened.isPending ? (
          <Skeleton className="h-40 rounded-xl" />
        ) : data ? (
          <SendDetails
            send={{ ...data, ...send }}
            onOpenUp={rules.protection || rules.off ? null : () => setOpening(true)}
          />
        ) : (
          <ErrorState title={t("send.openFailed")}>{explain(opened.error, t)}</ErrorState>
        )}
      </div>
      {opening ? <RemoveProtection send={send} onClose={() => setOpening(false)} /> : null}
    </SidePanel>
  );
}
