import type { SendView } from "@/crypto/model/sends";
import { type T, useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Field, Input, Select } from "@/ui/Field";
import type { Problems, SendForm } from "../model/form";
import { afterHours, allowedLifetimes, endOf, longestHours, parseLifetime, toInput } from "../model/lifetime";
import type { SendRules } from "../model/rules";

export type PartProps = {
  form: SendForm;
  edited: SendView | null;
  rules: SendRules;
  problems: Problems;
  onChange: (part: Partial<SendForm>) => void;
};

export function spanOf(hours: number, t: T): string {
  return hours % 24 === 0 ? t("send.days", { count: hours / 24 }) : t("send.hours", { count: hours });
}

/** How long it stays: a span, or a day of one's own. */
export function LifetimeField({ form, edited, rules, problems, onChange }: PartProps) {
  const t = useT();
  const format = useFormat();
  const most = rules.hours?.value ?? null;
  const now = new Date();
  const end = endOf(form.lifetime, form.deletion, edited?.deletionDate ?? null, now);
  const problem = problems.deletion ? t(`send.problem.deletion.${problems.deletion}`) : undefined;
  const custom = form.lifetime === "custom";
  const ruled = rules.hours
    ? t("send.policy.hours", { name: rules.hours.by, span: spanOf(rules.hours.value, t) })
    : null;
  const when = end ? t("send.deletedOn", { date: format.dateTime(end.toISOString()) }) : null;
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <Field
        label={t("send.lifetime")}
        error={custom ? undefined : problem}
        hint={[custom ? null : when, ruled].filter(Boolean).join(" ") || undefined}
        className={custom ? "" : "sm:col-span-2"}
      >
        <Select
          value={String(form.lifetime)}
          onChange={(event) => onChange({ lifetime: parseLifetime(event.target.value) })}
        >
          {edited ? (
            <option value="keep">{t("send.keep", { date: format.dateTime(edited.deletionDate) })}</option>
          ) : null}
          {allowedLifetimes(most).map((hours) => (
            <option key={hours} value={hours}>
              {spanOf(hours, t)}
            </option>
          ))}
          <option value="custom">{t("send.custom")}</option>
        </Select>
      </Field>
      {custom ? (
        <Field label={t("send.customDate")} error={problem}>
          <Input
            type="datetime-local"
            min={toInput(now)}
            max={toInput(afterHours(now, most ?? longestHours))}
            value={form.deletion}
            onChange={(event) => onChange({ deletion: event.target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
