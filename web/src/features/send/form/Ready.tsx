import type { SendId } from "@/crypto/model/ids";
import { type T, useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import type { SendForm } from "../model/form";
import { linkOf } from "../useSends";

export type Made = {
  readonly id: SendId;
  readonly form: SendForm;
  readonly deletionDate: string;
};

/** What to do with the link, and what to tell beside it. */
export function readyText({ disabled, protection }: SendForm, t: T): string {
  if (disabled) {
    return t("send.ready.textDisabled");
  }
  switch (protection) {
    case "password":
      return t("send.ready.textPassword");
    case "emails":
      return t("send.ready.textEmails");
    case "link":
      return t("send.ready.text");
  }
}

type ReadyActsProps = { made: Made; onCopied: () => void; onClose: () => void };

/** The link, to be copied on purpose: it is not shown, and nothing else writes it anywhere. */
export function ReadyActs({ made: { id, form }, onCopied, onClose }: ReadyActsProps) {
  const t = useT();
  return (
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
        onCopied={onCopied}
      />
    </>
  );
}

export function ReadySummary({ made, copied }: { made: Made; copied: boolean }) {
  const t = useT();
  const format = useFormat();
  const { form, deletionDate } = made;
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium wrap-anywhere">{form.name.trim()}</p>
      <p className="text-sm text-muted">
        {t("send.ready.until", { date: format.dateTime(deletionDate) })}
        {form.most ? ` · ${t("send.accesses")}: ${t("send.accessesOf", { count: 0, most: form.most })}` : ""}
      </p>
      <p role="status" className="min-h-5 text-sm text-good">
        {copied ? t("send.ready.clears") : ""}
      </p>
    </div>
  );
}
