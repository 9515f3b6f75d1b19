import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { FieldType } from "@/crypto/model/encrypted";
import type { CipherDraft, FieldView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Checkbox, Input, Select } from "@/ui/Field";
import { Menu, MenuItem } from "@/ui/Menu";
import { PasswordInput } from "@/ui/PasswordInput";
import { linkTargets } from "../model/links";

type FormProps = { draft: CipherDraft; onChange: (draft: CipherDraft) => void };
const types: readonly FieldType[] = [0, 1, 2, 3];

export function CustomFieldsForm({ draft, onChange }: FormProps) {
  const t = useT();
  const { fields } = draft;
  const targets = linkTargets(draft.type);
  const setAll = (next: readonly FieldView[]) => onChange({ ...draft, fields: next });
  const replace = (at: number, change: Partial<FieldView>) =>
    setAll(fields.map((field, index) => (index === at ? { ...field, ...change } : field)));

  function lower(at: number) {
    const next = [...fields];
    const [moved] = next.splice(at, 1);
    if (moved) {
      next.splice(at + 1, 0, moved);
    }
    setAll(next);
  }

  function add(type: FieldType) {
    const linkedId = type === 3 ? (targets[0]?.id ?? null) : null;
    setAll([...fields, { type, name: "", value: type === 2 ? "false" : "", linkedId }]);
  }

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("vault.customFields")}</legend>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields have no id, and typing must not remount them
        <div key={at} className="flex items-center gap-2 max-sm:flex-wrap">
          <Input
            className="sm:!w-44"
            aria-label={t("vault.fieldName", { number: at + 1 })}
            placeholder={t("common.name")}
            value={field.name}
            onChange={(event) => replace(at, { name: event.target.value })}
          />
          <div className="min-w-0 flex-1">
            <ValueControl field={field} at={at} draft={draft} onChange={(change) => replace(at, change)} />
          </div>
          {fields.length > 1 ? (
            <IconButton
              size="sm"
              label={
                at < fields.length - 1
                  ? t("vault.lowerField", { number: at + 1 })
                  : t("vault.raiseField", { number: at + 1 })
              }
              icon={
                at < fields.length - 1 ? <ArrowDown className="size-4" /> : <ArrowUp className="size-4" />
              }
              onClick={() => lower(at < fields.length - 1 ? at : at - 1)}
            />
          ) : null}
          <IconButton
            size="sm"
            label={t("vault.removeField", { number: at + 1 })}
            icon={<Trash2 className="size-4" />}
            onClick={() => setAll(fields.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Menu
          align="start"
          trigger={
            <Button size="sm" look="ghost" icon={<Plus className="size-4" />}>
              {t("vault.addField")}
            </Button>
          }
        >
          {types
            .filter((type) => type !== 3 || targets.length > 0)
            .map((type) => (
              <MenuItem key={type} onClick={() => add(type)}>
                {t(`vault.fieldType.${type}`)}
              </MenuItem>
            ))}
        </Menu>
      </div>
    </fieldset>
  );
}

type ValueProps = {
  field: FieldView;
  at: number;
  draft: CipherDraft;
  onChange: (change: Partial<FieldView>) => void;
};

function ValueControl({ field, at, draft, onChange }: ValueProps) {
  const t = useT();
  const label = t("vault.fieldValue", { number: at + 1 });
  switch (field.type) {
    case 1:
      return (
        <PasswordInput
          aria-label={label}
          value={field.value}
          onChange={(event) => onChange({ value: event.target.value })}
        />
      );
    case 2:
      return (
        <Checkbox
          label={field.value === "true" ? t("vault.yes") : t("vault.no")}
          aria-label={label}
          checked={field.value === "true"}
          onChange={(event) => onChange({ value: String(event.target.checked) })}
        />
      );
    case 3:
      return (
        <Select
          aria-label={label}
          value={field.linkedId ?? ""}
          onChange={(event) => onChange({ linkedId: Number(event.target.value) })}
        >
          {linkTargets(draft.type).map((target) => (
            <option key={target.id} value={target.id}>
              {t(target.label)}
            </option>
          ))}
        </Select>
      );
    default:
      return (
        <Input
          aria-label={label}
          value={field.value}
          onChange={(event) => onChange({ value: event.target.value })}
        />
      );
  }
}
