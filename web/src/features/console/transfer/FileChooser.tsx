import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { crypto } from "@/app/services";
import type { ProtectedExport } from "@/crypto/proxy";
import type { ImportedFile } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Textarea } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { ProtectedExportFile, readFile, refusalOf } from "./readFile";

/** A file or pasted text, and its password if it has one. */
export function FileChooser({ onFile }: { onFile: (file: ImportedFile | null) => void }) {
  const t = useT();
  const chooser = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const [sealed, setSealed] = useState<ProtectedExport | null>(null);
  const [pasting, setPasting] = useState(false);

  function read(content: string) {
    setRefused(undefined);
    setSealed(null);
    onFile(null);
    try {
      onFile(readFile(content));
    } catch (error) {
      if (error instanceof ProtectedExportFile) {
        setSealed(error.file);
      } else {
        setRefused(refusalOf(error, t));
      }
    }
  }

  async function choose(file: File | undefined) {
    if (file) {
      setName(file.name);
      setPasting(false);
      read(await file.text());
    }
  }

  return (
    <div className="flex flex-col items-start gap-4">
      <p className="text-muted">{t("transfer.formats")}</p>
      <input
        ref={chooser}
        type="file"
        accept=".json,.csv,application/json,text/csv"
        aria-label={t("settings.importChoose")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Upload className="size-4" />} onClick={() => chooser.current?.click()}>
          {t("settings.importChoose")}
        </Button>
        <Button look="ghost" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          {t("transfer.paste")}
        </Button>
        {name && !pasting ? <span className="truncate text-muted">{name}</span> : null}
      </div>
      {pasting ? (
        <Field label={t("transfer.pasted")} className="w-full">
          <Textarea
            rows={6}
            spellCheck={false}
            className="font-mono text-sm"
            onChange={(event) => event.target.value.trim() && read(event.target.value)}
          />
        </Field>
      ) : null}
      {refused ? (
        <div role="alert">
          <Callout mood="bad">{refused}</Callout>
        </div>
      ) : null}
      {sealed ? (
        <FilePassword
          file={sealed}
          onOpened={(content) => {
            setSealed(null);
            read(content);
          }}
        />
      ) : null}
    </div>
  );
}

function FilePassword({ file, onOpened }: { file: ProtectedExport; onOpened: (content: string) => void }) {
  const t = useT();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function open() {
    setBusy(true);
    setError(undefined);
    try {
      onOpened(await crypto.openExport(file, password));
    } catch (caught) {
      setBusy(false);
      setError(refusalOf(caught, t));
    }
  }

  return (
    <form
      noValidate
      className="flex w-full flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Field label={t("transfer.filePassword")} error={error} className="w-full sm:!w-80">
        <PasswordInput autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
      </Field>
      <Button type="submit" pending={busy} disabled={password === ""}>
        {t("transfer.openFile")}
      </Button>
    </form>
  );
}
