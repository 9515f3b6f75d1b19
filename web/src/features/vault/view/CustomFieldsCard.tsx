import { Check, X } from "lucide-react";
import type { CipherView, FieldView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { linkTargets } from "../model/links";
import { Card, Row, SecretRow, TextRow } from "./Card";

export function CustomFieldsCard({ item }: { item: CipherView }) {
  const t = useT();
  return (
    <Card title={t("vault.customFields")}>
      {item.fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields have no id, and the list does not move
        <CustomField key={at} field={field} item={item} />
      ))}
    </Card>
  );
}

function CustomField({ field, item }: { field: FieldView; item: CipherView }) {
  const t = useT();
  const label = field.name || t("vault.unnamedField");
  switch (field.type) {
    case 1:
      return <SecretRow label={label} value={field.value} covered={!item.viewPassword} />;
    case 2:
      return (
        <Row label={label}>
          <span className="flex h-8 items-center gap-2">
            {field.value === "true" ? (
              <Check className="size-4 text-good" />
            ) : (
              <X className="size-4 text-muted" />
            )}
            {field.value === "true" ? t("vault.yes") : t("vault.no")}
          </span>
        </Row>
      );
    case 3: {
      const target = linkTargets(item.type).find((candidate) => candidate.id === field.linkedId);
      return (
        <Row label={label}>
          <span className="leading-8 text-muted">
            {target ? t("vault.linkedTo", { field: t(target.label) }) : t("vault.linkedUnknown")}
          </span>
        </Row>
      );
    }
    default:
      return <TextRow label={label} value={field.value} />;
  }
}
