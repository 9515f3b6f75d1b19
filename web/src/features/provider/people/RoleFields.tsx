import { useId } from "react";
import type { ProviderUserType } from "@/api";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";

const types: readonly ProviderUserType[] = [0, 1];

type RoleFieldsProps = {
  value: ProviderUserType;
  onChange: (type: ProviderUserType) => void;
  /** Why it cannot be changed. */
  locked?: string | undefined;
};

/** Admin or service user, each with what it means. */
export function RoleFields({ value, onChange, locked }: RoleFieldsProps) {
  const t = useT();
  return (
    <fieldset disabled={locked !== undefined}>
      <legend className="mb-1.5 text-sm font-medium">{t("client.role")}</legend>
      <div className="flex flex-col gap-2">
        {types.map((type) => (
          <ChoiceCard
            key={type}
            name="staff-role"
            checked={type === value}
            title={t(`staff.roles.${type}`)}
            text={t(`staff.roleText.${type}`)}
            onChoose={() => onChange(type)}
          />
        ))}
      </div>
      {locked ? <p className="mt-1.5 text-sm text-muted">{locked}</p> : null}
    </fieldset>
  );
}

type ChoiceCardProps = { name: string; checked: boolean; title: string; text: string; onChoose: () => void };

/** One of a few ways to go, with what it means. */
export function ChoiceCard({ name, checked, title, text, onChoose }: ChoiceCardProps) {
  const id = useId();
  return (
    <label
      className={cx(
        "flex cursor-pointer gap-3 rounded-lg border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
        "has-disabled:cursor-default has-disabled:opacity-60",
        checked ? "border-accent-text bg-accent-soft" : "border-line hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name={name}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        aria-labelledby={id}
        aria-describedby={`${id}-text`}
        checked={checked}
        onChange={onChoose}
      />
      <span>
        <span id={id} className="block font-medium">
          {title}
        </span>
        <span id={`${id}-text`} className="block text-sm text-muted">
          {text}
        </span>
      </span>
    </label>
  );
}
