import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import type { Handover } from "@/api/clients";
import { download } from "@/features/console/csv";
import { loadTexts, useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { usePortal } from "../scope";
import { handoverFile, handoverSections, handoverText } from "./handover";

/** The names of policies come with the Admin Console. */
function usePolicyNames() {
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    void loadTexts("admin").then(() => setLoaded(true));
  }, []);
  return loaded;
}

/** What the provider leaves behind, to be read, and to be given to the client. */
export function HandoverReport({ report, done = false }: { report: Handover; done?: boolean }) {
  const t = useT();
  const format = useFormat();
  const { name: provider } = usePortal();
  const loaded = usePolicyNames();
  if (!loaded) {
    return null;
  }
  const words = { t, provider, number: format.number, dateTime: format.dateTime };

  function save() {
    const day = new Date().toISOString().slice(0, 10);
    download(handoverFile(report, day), handoverText(report, words, done), "text/plain");
  }

  return (
    <section aria-label={t("clients.handover.report")} className="rounded-xl border border-line">
      <header className="flex items-center gap-3 border-b border-line px-3.5 py-2">
        <h3 className="flex-1 font-medium">{t("clients.handover.report")}</h3>
        <Button size="sm" icon={<Download className="size-4" />} onClick={save}>
          {t("clients.handover.download")}
        </Button>
      </header>
      <dl className="grid grid-cols-[minmax(7rem,11rem)_1fr] gap-x-4 gap-y-2 px-3.5 py-3 text-sm max-sm:grid-cols-1 max-sm:gap-y-1">
        {handoverSections(report, words).map(({ title, lines }) => (
          <div key={title} className="contents">
            <dt className="text-muted max-sm:mt-1">{title}</dt>
            <dd className="min-w-0 wrap-anywhere">
              {lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
