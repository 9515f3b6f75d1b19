import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { handleError } from "@/app/errors";
import { useSession } from "@/app/hooks";
import { session, vault } from "@/app/services";
import { CryptoError } from "@/crypto";
import { StorageMeter } from "@/features/storage";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Progress } from "@/ui/States";
import { toast } from "@/ui/Toast";
import {
  EncryptedExport,
  fromExport,
  type ImportedFile,
  NotAnExport,
  ProtectedExportFile,
  toExport,
} from "./data/exchange";
import { runImport } from "./data/runImport";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

export function DataSection() {
  const t = useT();
  return (
    <>
      <ImportForm />
      <ExportForm />
      <Group title={t("attachment.storageTitle")} text={t("attachment.storageText")}>
        <StorageMeter organizationId={null} />
      </Group>
    </>
  );
}

function ImportForm() {
  const t = useT();
  const state = useSession();
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ImportedFile | null>(null);
  const [refused, setRefused] = useState<string>();
  const [done, setDone] = useState<number | null>(null);

  async function read(chosen: File | undefined) {
    setFile(null);
    setRefused(undefined);
    if (!chosen) {
      return;
    }
    try {
      setFile(fromExport(await chosen.text()));
    } catch (error) {
      setRefused(
        error instanceof EncryptedExport || error instanceof ProtectedExportFile
          ? t("settings.importEncrypted")
          : error instanceof NotAnExport
            ? t("settings.importUnreadable")
            : t("errors.unexpected"),
      );
    }
  }

  async function run(chosen: ImportedFile) {
    if (state.status !== "unlocked") {
      return;
    }
    setDone(0);
    try {
      await runImport(chosen, state.userKey, setDone);
      setFile(null);
      toast({ title: t("settings.imported", { count: chosen.items.length }) });
    } catch (error) {
      handleError(error, t("settings.importFailed"));
    } finally {
      setDone(null);
    }
  }

  return (
    <Group title={t("settings.import")} text={t("settings.importText")}>
      <div className="flex flex-col items-start gap-4">
        <input
          ref={chooser}
          type="file"
          accept="application/json,.json"
          aria-label={t("settings.importChoose")}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => void read(event.target.files?.[0])}
        />
        <Button icon={<Upload className="size-4" />} onClick={() => chooser.current?.click()}>
          {t("settings.importChoose")}
        </Button>
        {refused ? <Callout mood="bad">{refused}</Callout> : null}
        {file ? (
          <>
            <Callout mood="accent">
              {t("settings.importFound", { count: file.items.length, folders: file.folders.length })}
              {file.skipped > 0 ? ` ${t("settings.importSkipped", { count: file.skipped })}` : ""}
            </Callout>
            {done === null ? null : (
              <Progress label={t("settings.import")} value={done} max={file.items.length} />
            )}
            <Button look="primary" pending={done !== null} onClick={() => void run(file)}>
              {t("settings.importAction", { count: file.items.length })}
            </Button>
          </>
        ) : null}
      </div>
    </Group>
  );
}

function ExportForm() {
  const t = useT();
  const [password, setPassword] = useState("");
  const act = useAct();

  async function save() {
    await act.run(async () => {
      if (!(await session.verifyPassword(password))) {
        throw new CryptoError("wrongPassword", "The password does not open the account.");
      }
      const items = await vault.openAll((item) => item.organizationId === null && item.deletedDate === null);
      download(toExport(items, vault.getSnapshot().folders));
      setPassword("");
    });
  }

  return (
    <Group title={t("settings.export")} text={t("settings.exportText")}>
      <SettingsForm
        action={t("settings.exportAction")}
        busy={act.busy}
        error={act.error}
        ready={password !== ""}
        onSubmit={() => void save()}
      >
        <Callout mood="warn">{t("settings.exportWarning")}</Callout>
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </SettingsForm>
    </Group>
  );
}

function download(content: string) {
  const url = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `kastellan-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
