import type { CipherDraft } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Field, Input, Select, Textarea } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { type FlatField, type FlatType, flatContent, flatFields, withFlat } from "../model/fields";

type FlatFormProps = { draft: CipherDraft; type: FlatType; onChange: (draft: CipherDraft) => void };

/** The fields of every type whose content is a plain list of texts. */
export function FlatForm({ draft, type, onChange }: FlatFormProps) {
  const t = useT();
  const content = flatContent(draft);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {flatFields[type].map((field) => (
        <Field
          key={field.name}
          label={t(`vault.field.${field.name}` as "vault.field.number")}
          className={field.kind === "long" || field.kind === "secretLong" ? "sm:col-span-2" : ""}
        >
          <FlatControl
            field={field}
            value={content[field.name] ?? ""}
            onChange={(value) => onChange(withFlat(draft, field.name, value))}
          />
        </Field>
      ))}
    </div>
  );
}

type FlatControlProps = { field: FlatField; value: string; onChange: (value: string) => void };

function FlatControl({ field, value, onChange }: FlatControlProps) {
  const t = useT();
  switch (field.kind) {
    case "secret":
      return <PasswordInput value={value} onChange={(event) => onChange(event.target.value)} />;
    case "secretLong":
    case "long":
      return (
        <Textarea
          className="font-mono text-sm"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "month":
      return (
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("vault.noMonth")}</option>
          {Array.from({ length: 12 }, (_, at) => String(at + 1)).map((month) => (
            <option key={month} value={month}>
              {month.padStart(2, "0")}
            </option>
          ))}
        </Select>
      );
    case "date":
      // What another app wrote in its own way stays editable as text.
      return (
        <Input
          type={value === "" || /^\d{4}-\d{2}-\d{2}$/.test(value) ? "date" : "text"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return <Input value={value} onChange={(event) => onChange(event.target.value)} />;
  }
}
