import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Checkbox, Field, Input, Select, Textarea } from "@/ui/Field";
import type { PolicyField, PolicyKind } from "./catalogue";
import { applies, type PolicyData } from "./data";

type PolicyFormProps = {
  kind: PolicyKind;
  data: PolicyData;
  /** Names of fields whose number is out of bounds. */
  wrong: readonly string[];
  onChange: (data: PolicyData) => void;
};

/** The options of a policy, those that mean something beside the others. */
export function PolicyForm({ kind, data, wrong, onChange }: PolicyFormProps) {
  const fields = kind.fields.filter((field) => applies(kind, field, data));
  if (fields.length === 0) {
    return null;
  }
  return (
    <div className="flex flex-col gap-4">
      {fields.map((field) => (
        <Control
          key={field.name}
          field={field}
          value={data[field.name]}
          wrong={wrong.includes(field.name)}
          onChange={(value) => onChange({ ...data, [field.name]: value })}
        />
      ))}
    </div>
  );
}

type ControlProps = {
  field: PolicyField;
  value: unknown;
  wrong: boolean;
  onChange: (value: unknown) => void;
};

function Control({ field, value, wrong, onChange }: ControlProps) {
  const t = useT();
  const format = useFormat();
  const label = t(`policies.field.${field.name}`);
  switch (field.kind) {
    case "check":
      return (
        <Checkbox
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case "number": {
      const range = t("settings.range", { min: format.number(field.min), max: format.number(field.max) });
      return (
        <Field label={label} hint={range} error={wrong ? range : undefined}>
          <Input
            type="number"
            className="sm:!w-40"
            min={field.min}
            max={field.max}
            value={typeof value === "number" ? value : ""}
            onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
          />
        </Field>
      );
    }
    case "choice":
      return (
        <Field label={label}>
          <Select
            value={value === undefined || value === null ? "" : String(value)}
            onChange={(event) =>
              onChange(field.values.find((option) => String(option) === event.target.value))
            }
          >
            {field.start === undefined ? <option value="">{t("policies.noChoice")}</option> : null}
            {field.values.map((option) => (
              <option key={option} value={String(option)}>
                {t(`policies.choice.${field.name}.${option}` as "policies.choice.action.lock")}
              </option>
            ))}
          </Select>
        </Field>
      );
    case "text": {
      const Box = field.long ? Textarea : Input;
      return (
        <Field label={label}>
          <Box
            value={typeof value === "string" ? value : ""}
            onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
          />
        </Field>
      );
    }
    case "some": {
      const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
      return (
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{label}</legend>
          <div className="flex flex-col gap-2">
            {field.values.map((option) => (
              <Checkbox
                key={option}
                label={t(`policies.choice.${field.name}.${option}` as "policies.choice.action.lock")}
                checked={chosen.includes(option)}
                onChange={(event) =>
                  onChange(
                    event.target.checked ? [...chosen, option] : chosen.filter((other) => other !== option),
                  )
                }
              />
            ))}
          </div>
          <p className="mt-1 text-sm text-muted">{t("policies.noneMeansAll")}</p>
        </fieldset>
      );
    }
  }
}
