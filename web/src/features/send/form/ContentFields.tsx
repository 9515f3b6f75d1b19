import { FileText, Paperclip } from "lucide-react";
import type { ReactNode } from "react";
import type { SendTypeName, SendView } from "@/crypto/model/sends";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";
import { Checkbox, Field, Textarea } from "@/ui/Field";
import type { Problems, SendForm } from "../model/form";
import { mayBe, type SendRules } from "../model/rules";
import { FileField } from "./FileField";
import { ItemText } from "./ItemText";

type ContentFieldsProps = {
  form: SendForm;
  file: File | null;
  edited: SendView | null;
  item: CipherView | null;
  rules: SendRules;
  problems: Problems;
  onChange: (part: Partial<SendForm>) => void;
  onFile: (file: File | null) => void;
};

/** What is sent: a text, or a file. */
export function ContentFields(props: ContentFieldsProps) {
  const { form, file, edited, item, rules, problems, onChange, onFile } = props;
  const t = useT();
  return (
    <>
      {edited || item ? null : (
        <Kind value={form.type} rules={rules} onChange={(type) => onChange({ type })} />
      )}
      {form.type === "text" ? (
        <div className="flex flex-col gap-3">
          {item ? (
            <ItemText item={item} form={form} problems={problems} onChange={onChange} />
          ) : (
            <Field label={t("send.text")} error={problems.text ? t("send.problem.text.missing") : undefined}>
              <Textarea
                rows={4}
                autoFocus={!edited}
                spellCheck={false}
                placeholder={t("send.textPlaceholder")}
                value={form.text}
                onChange={(event) => onChange({ text: event.target.value })}
              />
            </Field>
          )}
          <Checkbox
            label={t("send.hide")}
            checked={form.hidden}
            onChange={(event) => onChange({ hidden: event.target.checked })}
          />
        </div>
      ) : edited ? (
        <KeptFile edited={edited} />
      ) : (
        <FileField file={file} problem={problems.file} onFile={onFile} />
      )}
    </>
  );
}

function KeptFile({ edited }: { edited: SendView }) {
  const t = useT();
  const format = useFormat();
  return (
    <div>
      <div className="flex items-center gap-3 rounded-lg border border-line px-3 py-2.5">
        <Paperclip className="size-4 shrink-0 text-muted" aria-hidden />
        <span className="min-w-0 flex-1 truncate">{edited.file?.name}</span>
        <span className="text-sm text-muted">{format.size(edited.file?.size ?? 0)}</span>
      </div>
      <p className="mt-1.5 text-sm text-muted">{t("send.fileStays")}</p>
    </div>
  );
}

const kinds: readonly SendTypeName[] = ["text", "file"];
const icons: Record<SendTypeName, ReactNode> = {
  text: <FileText className="size-4" aria-hidden />,
  file: <Paperclip className="size-4" aria-hidden />,
};

type KindProps = { value: SendTypeName; rules: SendRules; onChange: (type: SendTypeName) => void };

function Kind({ value, rules, onChange }: KindProps) {
  const t = useT();
  const [only] = rules.types?.value ?? [];
  return (
    <fieldset>
      <legend className="sr-only">{t("send.kindLabel")}</legend>
      <div className="grid grid-cols-2 gap-1 rounded-lg bg-sunken p-1">
        {kinds.map((kind) => (
          <label
            key={kind}
            className={cx(
              "flex h-8 cursor-pointer items-center justify-center gap-2 rounded-md font-medium",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-disabled:cursor-default has-disabled:opacity-45",
              kind === value ? "bg-raised shadow-card" : "text-muted hover:text-text",
            )}
          >
            <input
              type="radio"
              name="send-kind"
              className="sr-only"
              checked={kind === value}
              disabled={!mayBe(rules, kind)}
              onChange={() => onChange(kind)}
            />
            {icons[kind]}
            {t(`send.kind.${kind}`)}
          </label>
        ))}
      </div>
      {rules.types && only ? (
        <p className="mt-1.5 text-sm text-muted">{t(`send.policy.${only}`, { name: rules.types.by })}</p>
      ) : null}
    </fieldset>
  );
}
