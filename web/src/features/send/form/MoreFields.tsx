import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";
import { Checkbox, Field, Input, Textarea } from "@/ui/Field";
import type { SendForm } from "../model/form";
import type { PartProps } from "./LifetimeField";

const isUsed = ({ expiration, most, notes, disabled, hideEmail }: SendForm) =>
  expiration !== "" || most !== "" || notes !== "" || disabled || hideEmail;

/** What is rarely needed, open where something of it is set or wrong. */
export function MoreFields(props: PartProps) {
  const { form, problems } = props;
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(isUsed(form));
  const shown = open || Boolean(problems.expiration || problems.most);
  return (
    <div>
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setOpen(!shown)}
        className="flex items-center gap-1.5 rounded text-sm font-medium text-accent-text"
      >
        <ChevronRight
          className={cx("size-4 transition-transform duration-120", shown && "rotate-90")}
          aria-hidden
        />
        {t("send.more")}
      </button>
      <div id={id} hidden={!shown} className={cx("mt-4 flex-col gap-5", shown && "flex")}>
        <Limits {...props} />
        <Privately {...props} />
      </div>
    </div>
  );
}

function Limits({ form, edited, problems, onChange }: PartProps) {
  const t = useT();
  return (
    <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
      <Field
        label={t("send.most")}
        hint={edited ? t("send.mostUsed", { count: edited.accessCount }) : t("send.mostHint")}
        error={problems.most ? t(`send.problem.most.${problems.most}`) : undefined}
      >
        <Input
          inputMode="numeric"
          value={form.most}
          onChange={(event) => onChange({ most: event.target.value.trim() })}
        />
      </Field>
      <Field
        label={t("send.expirationLabel")}
        hint={t("send.expirationHint")}
        error={problems.expiration ? t(`send.problem.expiration.${problems.expiration}`) : undefined}
      >
        <Input
          type="datetime-local"
          value={form.expiration}
          onChange={(event) => onChange({ expiration: event.target.value })}
        />
      </Field>
    </div>
  );
}

function Privately({ form, rules, onChange }: PartProps) {
  const t = useT();
  const email = useVault((state) => state.profile)?.email ?? "";
  return (
    <>
      <Field label={t("send.notes")} hint={t("send.notesHint")}>
        <Textarea rows={2} value={form.notes} onChange={(event) => onChange({ notes: event.target.value })} />
      </Field>
      <Checkbox
        label={t("send.hideEmail")}
        hint={
          rules.showEmail
            ? t("send.policy.showEmail", { name: rules.showEmail.by })
            : t("send.hideEmailHint", { email })
        }
        disabled={rules.showEmail !== null}
        checked={form.hideEmail && rules.showEmail === null}
        onChange={(event) => onChange({ hideEmail: event.target.checked })}
      />
      <Checkbox
        label={t("send.disabled")}
        hint={t("send.disabledHint")}
        checked={form.disabled}
        onChange={(event) => onChange({ disabled: event.target.checked })}
      />
    </>
  );
}
