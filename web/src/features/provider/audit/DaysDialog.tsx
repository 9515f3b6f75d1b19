import { type FormEvent, useState } from "react";
import { isTooLong, lastDays, type Range } from "@/features/console/events/range";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Input } from "@/ui/Field";
import { usePortal } from "../scope";

const usual = [1, 7, 30, 90, 365] as const;

type DaysDialogProps = { range: Range; onApply: (range: Range) => void; onClose: () => void };

/** Which days to look at. */
export function DaysDialog({ range, onApply, onClose }: DaysDialogProps) {
  const t = useT();
  const { badge } = usePortal();
  const [draft, setDraft] = useState(range);
  const complete = draft.from !== "" && draft.to !== "";
  const tooLong = complete && isTooLong(draft);

  function apply(event: FormEvent) {
    event.preventDefault();
    onApply(draft);
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("audit.days")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="days-form" look="primary" disabled={!complete || tooLong}>
            {t("filters.apply")}
          </Button>
        </>
      }
    >
      <form id="days-form" noValidate onSubmit={apply} className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          {usual.map((count) => (
            <Button key={count} size="sm" onClick={() => setDraft(lastDays(count))}>
              {t("audit.lastDays", { count })}
            </Button>
          ))}
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("events.from")}>
            <Input
              type="date"
              value={draft.from}
              onChange={(event) => setDraft({ ...draft, from: event.target.value })}
            />
          </Field>
          <Field label={t("events.to")} error={tooLong ? t("events.tooLong") : undefined}>
            <Input
              type="date"
              value={draft.to}
              onChange={(event) => setDraft({ ...draft, to: event.target.value })}
            />
          </Field>
        </div>
      </form>
    </Dialog>
  );
}
