import { useState } from "react";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { OwnAccount } from "./OwnAccount";
import type { Made } from "./SendDialog";
import { linkOf } from "./useSends";

/** The link, to be copied on purpose: it is not shown, and nothing else writes it anywhere. */
export function ReadyDialog({ made, onClose }: { made: Made; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const [copied, setCopied] = useState(false);
  const { id, form, deletionDate } = made;
  const text = form.disabled
    ? t("send.ready.textDisabled")
    : form.protection === "password"
      ? t("send.ready.textPassword")
      : form.protection === "emails"
        ? t("send.ready.textEmails")
        : t("send.ready.text");
  return (
    <Dialog
      open
      onClose={onClose}
      scope={<OwnAccount />}
      title={t("send.ready.title")}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t("common.done")}</Button>
          {form.protection === "password" ? (
            <CopyButton wordy value={form.password} label={t("send.ready.copyPassword")} />
          ) : null}
          <CopyButton
            wordy
            focused
            look="primary"
            value={() => linkOf(id)}
            label={t("send.copyLink")}
            onCopied={() => setCopied(true)}
          />
        </>
      }
    >
      <div className="flex flex-col gap-1">
        <p className="font-medium wrap-anywhere">{form.name.trim()}</p>
        <p className="text-sm text-muted">
          {t("send.ready.until", { date: format.dateTime(deletionDate) })}
          {form.most
            ? ` · ${t("send.accesses")}: ${t("send.accessesOf", { count: 0, most: form.most })}`
            : ""}
        </p>
        <p role="status" className="min-h-5 text-sm text-good">
          {copied ? t("send.ready.clears") : ""}
        </p>
      </div>
    </Dialog>
  );
}
