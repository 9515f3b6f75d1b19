import { Eye } from "lucide-react";
import { useMemo, useState } from "react";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Checkbox, Field, Textarea } from "@/ui/Field";
import type { Problems, SendForm } from "../model/form";
import { partsOf, textOf, usualParts } from "../model/fromItem";
import { usePartName } from "./useItemStart";

type ItemTextProps = {
  item: CipherView;
  form: SendForm;
  problems: Problems;
  onChange: (part: Partial<SendForm>) => void;
};

/** Which parts of an item are sent. The text stays covered until somebody wants to change it. */
export function ItemText({ item, form, problems, onChange }: ItemTextProps) {
  const t = useT();
  const name = usePartName();
  const parts = useMemo(() => partsOf(item), [item]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => usualParts(parts));
  const [shown, setShown] = useState(false);
  const written = form.text !== textOf(parts, chosen, name);

  function toggle(id: string) {
    const after = new Set(chosen);
    if (!after.delete(id)) {
      after.add(id);
    }
    setChosen(after);
    onChange({ text: textOf(parts, after, name) });
  }

  return (
    <>
      <fieldset>
        <legend className="mb-2 text-sm font-medium">{t("send.whatToSend")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {parts.map((part) => (
            <Checkbox
              key={part.id}
              label={name(part)}
              checked={chosen.has(part.id)}
              onChange={() => toggle(part.id)}
            />
          ))}
        </div>
        {written ? <p className="mt-2 text-sm text-muted">{t("send.ownText")}</p> : null}
      </fieldset>
      {shown ? (
        <Field label={t("send.text")} error={problems.text ? t("send.problem.text.missing") : undefined}>
          <Textarea
            rows={4}
            autoFocus
            spellCheck={false}
            className="font-mono"
            value={form.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Field>
      ) : (
        <div className="flex items-center gap-3 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-3">
          <span className="min-w-0 flex-1 text-sm text-muted" role="status">
            {form.text === ""
              ? t("send.nothingChosen")
              : t("send.lines", { count: form.text.split("\n").length })}
          </span>
          <Button
            size="sm"
            look="ghost"
            icon={<Eye className="size-4" />}
            aria-invalid={problems.text ? true : undefined}
            onClick={() => setShown(true)}
          >
            {t("send.reveal")}
          </Button>
        </div>
      )}
    </>
  );
}
