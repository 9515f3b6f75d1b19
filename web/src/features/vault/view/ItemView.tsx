import { TriangleAlert } from "lucide-react";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { CopyButton } from "@/ui/CopyButton";
import { AttachmentsCard } from "../attachments/AttachmentsCard";
import { type FlatType, flatContent, flatFields, isFlat } from "../model/fields";
import { Card, SecretRow, TextRow } from "./Card";
import { CustomFieldsCard } from "./CustomFieldsCard";
import { LoginCard } from "./LoginCard";
import { PasswordHistory } from "./PasswordHistory";

export function ItemView({ item }: { item: CipherView }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {item.deletedDate ? (
        <Callout mood="warn">{t("vault.trashedAt", { date: format.dateTime(item.deletedDate) })}</Callout>
      ) : null}
      {item.archivedDate ? (
        <Callout>{t("vault.archivedAt", { date: format.dateTime(item.archivedDate) })}</Callout>
      ) : null}
      {item.broken.length > 0 ? (
        <Callout mood="bad" icon={<TriangleAlert />} title={t("vault.brokenTitle")}>
          {t("vault.brokenText", { count: item.broken.length })}
        </Callout>
      ) : null}
      {item.type === "login" ? <LoginCard login={item.login} item={item} /> : null}
      {isFlat(item.type) ? <FlatCard type={item.type} item={item} /> : null}
      {item.notes ? (
        <Card plain title={t("vault.notes")}>
          <div className="flex items-start gap-1 py-2.5 pr-3 pl-4">
            <p className="min-w-0 flex-1 py-1.5 break-words whitespace-pre-wrap">{item.notes}</p>
            <CopyButton value={item.notes} label={t("vault.copyField", { field: t("vault.notes") })} />
          </div>
        </Card>
      ) : null}
      {item.fields.length > 0 ? <CustomFieldsCard item={item} /> : null}
      <AttachmentsCard item={item} />
      {item.passwordHistory.length > 0 && item.viewPassword ? (
        <PasswordHistory entries={item.passwordHistory} />
      ) : null}
      <p className="px-1 text-xs text-muted">
        {t("vault.dates", {
          created: format.dateTime(item.creationDate),
          changed: format.dateTime(item.revisionDate),
        })}
      </p>
    </>
  );
}

function FlatCard({ type, item }: { type: FlatType; item: CipherView }) {
  const t = useT();
  const format = useFormat();
  const content = flatContent(item);
  const filled = flatFields[type].filter((field) => content[field.name]);
  if (filled.length === 0) {
    return null;
  }
  return (
    <Card>
      {filled.map((field) => {
        const value = content[field.name] ?? "";
        const label = t(`vault.field.${field.name}` as "vault.field.number");
        if (field.kind === "secret" || field.kind === "secretLong") {
          return <SecretRow key={field.name} label={label} value={value} covered={!item.viewPassword} />;
        }
        const date = field.kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value);
        return (
          <TextRow
            key={field.name}
            label={label}
            value={value}
            shown={date ? format.date(`${value}T12:00:00`) : undefined}
          />
        );
      })}
    </Card>
  );
}
