import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { AuditQuery } from "@/api/audit";
import { handleError } from "@/app/errors";
import { download, fileNamePart } from "@/features/console/csv";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/Toast";
import { usePortal } from "../scope";
import { auditAsCsv } from "./exportAudit";
import { readAll } from "./useAudit";

/** Reads everything that the filters leave; that can be long, so it counts and can be stopped. */
export function ExportButton({ query, disabled }: { query: AuditQuery; disabled: boolean }) {
  const t = useT();
  const { providerId, name } = usePortal();
  const [read, setRead] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function run() {
    const controller = new AbortController();
    abort.current = controller;
    setRead(0);
    try {
      const records = await readAll(providerId, query, controller.signal, setRead);
      const days = `${query.start?.slice(0, 10)}-${query.end?.slice(0, 10)}`;
      download(`${fileNamePart(name)}-audit-${days}.csv`, auditAsCsv(records, name, t));
      toast({ title: t("events.exported", { count: records.length }) });
    } catch (error) {
      handleError(error, t("events.exportFailed"));
    } finally {
      setRead(null);
    }
  }

  return read === null ? (
    <Button icon={<Download className="size-4" />} disabled={disabled} onClick={() => void run()}>
      {t("events.export")}
    </Button>
  ) : (
    <>
      <span role="status" className="text-sm text-muted">
        {t("events.exporting", { count: read })}
      </span>
      <Button onClick={() => abort.current?.abort()}>{t("common.cancel")}</Button>
    </>
  );
}
