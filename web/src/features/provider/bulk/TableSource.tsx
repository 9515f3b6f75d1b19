import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Field, Textarea } from "@/ui/Field";

type TableSourceProps = {
  text: string;
  onText: (text: string) => void;
  hint: string;
  placeholder: string;
  disabled?: boolean;
};

/** Spreadsheets save in the character set of their country when they are not asked for UTF-8. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A table to choose, drop or paste. What was read can be corrected in place. */
export function TableSource({ text, onText, hint, placeholder, disabled = false }: TableSourceProps) {
  const t = useT();
  const file = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [name, setName] = useState("");

  async function read(chosen: File | undefined) {
    if (chosen) {
      setName(chosen.name);
      onText(await textOf(chosen));
    }
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!disabled) {
      void read(event.dataTransfer.files[0]);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of three; the others work by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "rounded-xl border border-dashed p-4",
        over ? "border-accent-text bg-accent-soft" : "border-control",
      )}
    >
      <input
        ref={file}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        aria-label={t("bulkwork.choose")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          icon={<FileUp className="size-4" />}
          disabled={disabled}
          onClick={() => file.current?.click()}
        >
          {t("bulkwork.choose")}
        </Button>
        <span className="min-w-0 truncate text-sm text-muted">{name || t("bulkwork.drop")}</span>
      </div>
      <Field label={t("bulkwork.paste")} hint={hint}>
        <Textarea
          rows={text ? 6 : 4}
          spellCheck={false}
          wrap="off"
          className="font-mono text-sm"
          placeholder={placeholder}
          disabled={disabled}
          value={text}
          onChange={(event) => {
            setName("");
            onText(event.target.value);
          }}
        />
      </Field>
    </div>
  );
}
