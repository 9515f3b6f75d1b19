import { Download } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { useSession } from "@/app/hooks";
import { session } from "@/app/services";
import { CryptoError } from "@/crypto";
import { minimumLength, StrengthMeter } from "@/features/auth/newPassword";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Select } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Progress } from "@/ui/States";
import { PageHead } from "../frame/PageHead";
import { useConsole } from "../scope";
import { type Exported, type Format, runExport } from "./runExport";

const formats: readonly Format[] = ["protected", "json", "csv"];

/** The organization's vault as a file, after the master password and with a line in the log. */
export function ExportPage() {
  const t = useT();
  const scope = useConsole();
  const state = useSession();
  const { name } = scope;
  const [format, setFormat] = useState<Format>("protected");
  const [filePassword, setFilePassword] = useState("");
  const [password, setPassword] = useState("");
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [result, setResult] = useState<Exported | null>(null);
  const [error, setError] = useState<string>();
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const strong = format !== "protected" || [...filePassword].length >= minimumLength;
  const busy = progress !== null;

  async function run(event: FormEvent) {
    event.preventDefault();
    if (state.status !== "unlocked" || password === "" || !strong) {
      return;
    }
    const controller = new AbortController();
    abort.current = controller;
    setProgress({ done: 0, total: 0 });
    setError(undefined);
    setResult(null);
    try {
      if (!(await session.verifyPassword(password))) {
        throw new CryptoError("wrongPassword", "The password does not open the account.");
      }
      const { signal } = controller;
      const { kdf } = state.keys;
      const onProgress = (done: number, total: number) => setProgress({ done, total });
      setResult(await runExport(scope, { format, password: filePassword, kdf, signal, onProgress }));
      setPassword("");
      setFilePassword("");
    } catch (caught) {
      setError(controller.signal.aborted ? t("transfer.cancelled") : explain(caught, t));
    } finally {
      setProgress(null);
    }
  }

  return (
    <>
      <PageHead title={t("console.section.export")} note={t("transfer.exportNote", { name })} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10 sm:px-6">
        <form noValidate onSubmit={(event) => void run(event)} className="flex max-w-xl flex-col gap-4">
          {result ? <Result result={result} name={name} /> : null}
          <Field label={t("transfer.format")}>
            <Select
              disabled={busy}
              value={format}
              onChange={(event) => setFormat(formats.find((each) => each === event.target.value) ?? "json")}
            >
              {formats.map((each) => (
                <option key={each} value={each}>
                  {t(`transfer.formatName.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          {format === "protected" ? (
            <>
              <Field
                label={t("transfer.filePassword")}
                hint={t("auth.newPasswordHint", { count: minimumLength })}
              >
                <PasswordInput
                  autoComplete="new-password"
                  value={filePassword}
                  onChange={(event) => setFilePassword(event.target.value)}
                />
              </Field>
              <StrengthMeter password={filePassword} related={[name]} />
            </>
          ) : (
            <Callout mood="warn">
              {t(format === "csv" ? "transfer.csvWarning" : "settings.exportWarning")}
            </Callout>
          )}
          <Field label={t("auth.masterPassword")} hint={t("transfer.logged")} error={error}>
            <PasswordInput
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          {progress ? (
            <Progress label={t("transfer.decrypting")} value={progress.done} max={progress.total} />
          ) : null}
          <div className="flex gap-2">
            <Button
              type="submit"
              look="primary"
              icon={<Download className="size-4" />}
              pending={busy}
              disabled={password === "" || !strong}
            >
              {t("transfer.exportAction")}
            </Button>
            {busy ? <Button onClick={() => abort.current?.abort()}>{t("common.cancel")}</Button> : null}
          </div>
        </form>
      </div>
    </>
  );
}

function Result({ result, name }: { result: Exported; name: string }) {
  const t = useT();
  return (
    <div role="status" className="flex flex-col gap-2">
      <Callout mood="good">{t("transfer.exported", { count: result.items, name })}</Callout>
      {result.broken > 0 ? (
        <Callout mood="warn">{t("transfer.exportedBroken", { count: result.broken })}</Callout>
      ) : null}
    </div>
  );
}
