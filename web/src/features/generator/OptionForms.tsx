import type { PassphraseOptions, PasswordOptions } from "@/crypto";
import { useT } from "@/i18n";
import { Checkbox, Field, Input, Select } from "@/ui/Field";
import type { UsernameForm as UsernameState } from "./options";

type FormProps<Options> = { value: Options; onChange: (value: Options) => void };

function NumberField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label}>
      <div className="flex items-center gap-3">
        <input
          type="range"
          aria-label={label}
          min={min}
          max={max}
          value={value}
          onChange={(event) => onChange(Number(event.target.value))}
          className="min-w-0 flex-1 accent-accent"
        />
        <Input
          type="number"
          className="!w-20"
          min={min}
          max={max}
          value={value}
          onChange={(event) =>
            onChange(Math.min(max, Math.max(min, Math.round(Number(event.target.value) || min))))
          }
        />
      </div>
    </Field>
  );
}

export function PasswordForm({ value, onChange }: FormProps<PasswordOptions>) {
  const t = useT();
  const kinds = [
    ["uppercase", "A–Z"],
    ["lowercase", "a–z"],
    ["numbers", "0–9"],
    ["special", "!@#$%^&*"],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <NumberField
        label={t("generator.length")}
        min={5}
        max={128}
        value={value.length}
        onChange={(length) => onChange({ ...value, length })}
      />
      <div className="flex flex-wrap gap-x-6 gap-y-2.5">
        {kinds.map(([key, label]) => (
          <Checkbox
            key={key}
            label={label}
            checked={value[key]}
            onChange={(event) => onChange({ ...value, [key]: event.target.checked })}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label={t("generator.minDigits")}
          min={0}
          max={9}
          value={value.minNumbers}
          onChange={(minNumbers) => onChange({ ...value, minNumbers })}
        />
        <NumberField
          label={t("generator.minSymbols")}
          min={0}
          max={9}
          value={value.minSpecial}
          onChange={(minSpecial) => onChange({ ...value, minSpecial })}
        />
      </div>
      <Checkbox
        label={t("generator.avoidAmbiguous")}
        checked={value.avoidAmbiguous}
        onChange={(event) => onChange({ ...value, avoidAmbiguous: event.target.checked })}
      />
    </div>
  );
}

export function PassphraseForm({ value, onChange }: FormProps<PassphraseOptions>) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      <NumberField
        label={t("generator.words")}
        min={3}
        max={20}
        value={value.words}
        onChange={(words) => onChange({ ...value, words })}
      />
      <Field label={t("generator.separator")}>
        <Input
          className="!w-20 font-mono"
          maxLength={1}
          value={value.separator}
          onChange={(event) => onChange({ ...value, separator: event.target.value })}
        />
      </Field>
      <Checkbox
        label={t("generator.capitalize")}
        checked={value.capitalize}
        onChange={(event) => onChange({ ...value, capitalize: event.target.checked })}
      />
      <Checkbox
        label={t("generator.includeNumber")}
        checked={value.includeNumber}
        onChange={(event) => onChange({ ...value, includeNumber: event.target.checked })}
      />
    </div>
  );
}

export function UsernameForm({ value, onChange }: FormProps<UsernameState>) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("generator.usernameKind")}>
        <Select
          value={value.kind}
          onChange={(event) => onChange({ ...value, kind: event.target.value as UsernameState["kind"] })}
        >
          <option value="word">{t("generator.usernameWord")}</option>
          <option value="plusAddress">{t("generator.usernamePlus")}</option>
          <option value="catchAll">{t("generator.usernameCatchAll")}</option>
        </Select>
      </Field>
      {value.kind === "plusAddress" ? (
        <Field label={t("common.email")}>
          <Input
            type="email"
            value={value.email}
            onChange={(event) => onChange({ ...value, email: event.target.value })}
          />
        </Field>
      ) : null}
      {value.kind === "catchAll" ? (
        <Field label={t("generator.domain")}>
          <Input
            placeholder="example.com"
            value={value.domain}
            onChange={(event) => onChange({ ...value, domain: event.target.value })}
          />
        </Field>
      ) : null}
      {value.kind === "word" ? (
        <div className="flex flex-wrap gap-x-6 gap-y-2.5">
          <Checkbox
            label={t("generator.capitalize")}
            checked={value.capitalize}
            onChange={(event) => onChange({ ...value, capitalize: event.target.checked })}
          />
          <Checkbox
            label={t("generator.includeNumber")}
            checked={value.includeNumber}
            onChange={(event) => onChange({ ...value, includeNumber: event.target.checked })}
          />
        </div>
      ) : null}
    </div>
  );
}
