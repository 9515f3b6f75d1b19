import { ScrollText } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { explain, handleError } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { isTooLong } from "@/features/console/events/range";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useClients } from "../data";
import { Chips } from "../filters/Chips";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { AuditTable } from "./AuditTable";
import { ExportButton } from "./ExportButton";
import { filterOf, queryOf } from "./filter";
import { useAudit } from "./useAudit";
import { useFilters } from "./useFilters";

/** Who did what, when and where: at the provider and at all of its clients, in one stream. */
export function AuditPage() {
  const t = useT();
  const self = useVault((state) => state.profile?.id ?? null);
  const { search } = usePortalPlace();
  const filter = useMemo(() => filterOf(search), [search]);
  const query = useMemo(() => queryOf(filter), [filter]);
  const tooLong = isTooLong(filter.range);
  const resolving = useOrganization();
  const log = useAudit(query, !(tooLong || resolving));
  const { records, hasNextPage } = log;
  const { chips, additions, dialog, set } = useFilters(records);
  const latest = useRef(set);
  latest.current = set;
  const onPerson = useCallback((acting: string) => latest.current({ acting }), []);
  const onClient = useCallback((clients: string) => latest.current({ clients }), []);

  return (
    <>
      <PortalHead
        title={t("portal.section.audit")}
        note={t("audit.intro")}
        actions={<ExportButton query={query} disabled={tooLong} />}
      />
      <Chips chips={chips} additions={additions} />
      {tooLong ? (
        <EmptyState title={t("events.tooLong")} />
      ) : log.isPending ? (
        <SkeletonRows />
      ) : log.isError && records.length === 0 ? (
        <ErrorState
          title={t("audit.failed")}
          action={<Button onClick={() => void log.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(log.error, t)}
        </ErrorState>
      ) : records.length === 0 ? (
        <EmptyState icon={<ScrollText />} title={t("events.none")}>
          {t("audit.noneText")}
        </EmptyState>
      ) : (
        <>
          <AuditTable records={records} self={self} onPerson={onPerson} onClient={onClient} />
          <div className="flex min-h-12 items-center gap-3 border-t border-line px-4 py-2 text-sm sm:px-6">
            <span role="status" className="mr-auto text-muted">
              {t(hasNextPage ? "events.shownMore" : "events.shown", { count: records.length })}
            </span>
            {hasNextPage ? (
              <Button
                size="sm"
                pending={log.isFetchingNextPage}
                onClick={() =>
                  void log.fetchNextPage().then(({ error }) => {
                    if (error) {
                      handleError(error, t("audit.failed"));
                    }
                  })
                }
              >
                {t("events.more")}
              </Button>
            ) : null}
          </div>
        </>
      )}
      {dialog}
    </>
  );
}

/** Other pages know a client by its organization: their address becomes one with the client's own id. */
function useOrganization(): boolean {
  const { providerId } = usePortal();
  const { search, go } = usePortalPlace();
  const clients = useClients(providerId);
  const { organization, ...rest } = search;
  const client = clients.data?.find(({ organizationId }) => organizationId === organization);
  const known = organization === undefined ? "none" : clients.isPending ? "waits" : (client?.id ?? "absent");
  const latest = useRef(() => {});
  latest.current = () => go("audit", { ...rest, clients: client?.id }, { replace: true });
  useEffect(() => {
    if (known !== "none" && known !== "waits") {
      latest.current();
    }
  }, [known]);
  return known !== "none";
}
