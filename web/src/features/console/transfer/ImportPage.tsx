import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { explain } from "@/app/errors";
import { vault } from "@/app/services";
import type { CollectionId } from "@/crypto/model/ids";
import type { ImportedFile } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Select } from "@/ui/Field";
import { Progress } from "@/ui/States";
import { keys, useCollections } from "../data";
import { PageHead } from "../frame/PageHead";
import { SectionLink } from "../place";
import { useConsole } from "../scope";
import { FileChooser } from "./FileChooser";
import { planOf, type Target } from "./plan";
import { runImport } from "./runImport";

/** Items from another password manager, or another organization. */
export function ImportPage() {
  const t = useT();
  const { name } = useConsole();
  const [file, setFile] = useState<ImportedFile | null>(null);
  const [done, setDone] = useState<number | null>(null);
  return (
    <>
      <PageHead title={t("console.section.import")} note={t("transfer.importNote", { name })} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10 sm:px-6">
        <div className="flex max-w-xl flex-col gap-6">
          {done === null ? null : <Imported count={done} />}
          <FileChooser
            onFile={(next) => {
              setFile(next);
              if (next) {
                setDone(null);
              }
            }}
          />
          {file ? (
            <ImportForm
              file={file}
              onDone={() => {
                setDone(file.items.length);
                setFile(null);
              }}
            />
          ) : null}
        </div>
      </div>
    </>
  );
}

function Imported({ count }: { count: number }) {
  const t = useT();
  const { name } = useConsole();
  return (
    <div role="status">
      <Callout
        mood="good"
        title={t("transfer.imported", { count, name })}
        action={
          <SectionLink section="items" className="font-medium text-accent-text hover:underline">
            {t("transfer.lookAtItems")}
          </SectionLink>
        }
      />
    </div>
  );
}

function ImportForm({ file, onDone }: { file: ImportedFile; onDone: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const scope = useConsole();
  const { organizationId, name, rights, store } = scope;
  const collections = useCollections();
  const [target, setTarget] = useState<Target>({ kind: "asInFile" });
  const [sealed, setSealed] = useState<number | null>(null);
  const [error, setError] = useState<string>();
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const existing = (collections.data ?? []).filter(({ broken }) => !broken);
  const plan = planOf(file, target, existing);
  const fresh = plan.collections.filter(({ id }) => id === null).length;
  const homeless = file.items.length - new Set(plan.relations.map(({ key }) => key)).size;

  async function run() {
    const controller = new AbortController();
    abort.current = controller;
    setSealed(0);
    setError(undefined);
    try {
      await runImport(scope, file, plan, { signal: controller.signal, onProgress: setSealed });
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.collections(organizationId) }),
        store.load(),
        vault.sync(),
      ]);
      onDone();
    } catch (caught) {
      setError(controller.signal.aborted ? t("transfer.cancelled") : explain(caught, t));
    } finally {
      setSealed(null);
    }
  }

  const busy = sealed !== null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Callout mood="accent">
        {t("transfer.found", { count: file.items.length })}
        {file.skipped > 0 ? ` ${t("settings.importSkipped", { count: file.skipped })}` : ""}
      </Callout>
      <Field label={t("transfer.target", { name })}>
        <Select
          disabled={busy}
          value={target.kind === "collection" ? target.id : target.kind}
          onChange={(event) => setTarget(targetOf(event.target.value))}
        >
          <option value="asInFile">{t("transfer.asInFile")}</option>
          {rights.can("writeAllItems") ? <option value="none">{t("transfer.noCollection")}</option> : null}
          {existing.map((collection) => (
            <option key={collection.id} value={collection.id}>
              {collection.name}
            </option>
          ))}
        </Select>
      </Field>
      <ul className="list-disc pl-5 text-muted">
        {fresh > 0 ? <li>{t("transfer.makes", { count: fresh })}</li> : null}
        {homeless > 0 ? <li>{t("transfer.homeless", { count: homeless })}</li> : null}
      </ul>
      {error ? (
        <div role="alert">
          <Callout mood="bad" title={t("settings.importFailed")}>
            {error}
          </Callout>
        </div>
      ) : null}
      {busy ? (
        <div role="status" className="flex flex-col gap-1.5 text-sm">
          <span>
            {sealed < file.items.length
              ? t("transfer.encrypting", { done: sealed, count: file.items.length })
              : t("transfer.sending")}
          </span>
          <Progress label={t("console.section.import")} value={sealed} max={file.items.length} />
        </div>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" look="primary" pending={busy} disabled={file.items.length === 0}>
          {t("settings.importAction", { count: file.items.length })}
        </Button>
        {busy ? <Button onClick={() => abort.current?.abort()}>{t("common.cancel")}</Button> : null}
      </div>
    </form>
  );
}

function targetOf(value: string): Target {
  return value === "asInFile" || value === "none"
    ? { kind: value }
    : { kind: "collection", id: value as CollectionId };
}
