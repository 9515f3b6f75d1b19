import { Link } from "@tanstack/react-router";
import { Download, ScrollText, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { EventQuery, LogOf } from "@/api/events";
import { explain, handleError } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field, Input, Select } from "@/ui/Field";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { download, fileNamePart } from "../csv";
import { PageHead } from "../frame/PageHead";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { EventTable } from "./EventTable";
import { logAsCsv } from "./exportLog";
import { type Names, useNames } from "./names";
import { isTooLong, momentsOf, rangeOf } from "./range";
import { useLinked } from "./useLinked";
import { readAll, useLog } from "./useLog";
import { usePeople } from "./usePeople";

const categories = [
  "user",
  "item",
  "collection",
  "group",
  "member",
  "organization",
  "policy",
  "domain",
] as const;

/** Who did what, and when. */
export function EventsPage() {
  const t = useT();
  const { name, summary } = useConsole();
  return summary.useEvents === false ? (
    <EmptyState icon={<ScrollText />} title={t("events.noPlan", { name })}>
      {t("events.noPlanText")}
    </EmptyState>
  ) : (
    <Log />
  );
}

function Log() {
  const t = useT();
  const { organizationId, rights, store } = useConsole();
  const { search, go } = usePlace();
  const people = usePeople();
  const names = useNames();
  const linked = useLinked();
  const range = useMemo(() => rangeOf({ from: search.from, to: search.to }), [search.from, search.to]);
  const category = categories.find((known) => known === search.category);
  const member = search.member;
  const log: LogOf = member ? { organizationId, memberId: member } : { organizationId };
  const query: EventQuery = { ...momentsOf(range), type: category };
  const tooLong = isTooLong(range);
  const pages = useLog(log, query, !tooLong);
  const seesItems = rights.can("readAllItems");

  useEffect(() => {
    // For the names of items; whoever does not see items sees their ids.
    if (seesItems && store.getSnapshot().status.kind === "idle") {
      void store.load();
    }
  }, [store, seesItems]);

  const change = (part: Record<string, string | undefined>) =>
    go("events", { ...search, ...part }, { replace: true });
  const person = people.data?.find(({ id }) => id === member);
  const { events, hasNextPage } = pages;

  return (
    <>
      <PageHead
        title={t("console.section.events")}
        note={<AuditLink />}
        actions={<ExportButton log={log} query={query} names={names} disabled={tooLong} />}
      />
      <div className="grid grid-cols-2 items-end gap-3 border-b border-line px-4 pb-3 sm:flex sm:flex-wrap sm:px-6">
        <Field label={t("events.from")}>
          <Input
            type="date"
            className="sm:!w-40"
            value={range.from}
            onChange={(event) => change({ from: event.target.value })}
          />
        </Field>
        <Field label={t("events.to")}>
          <Input
            type="date"
            className="sm:!w-40"
            value={range.to}
            onChange={(event) => change({ to: event.target.value })}
          />
        </Field>
        <Field label={t("events.category")} className="max-sm:col-span-2">
          <Select
            className="sm:!w-52"
            value={category ?? ""}
            onChange={(event) => change({ category: event.target.value || undefined })}
          >
            <option value="">{t("events.categories.all")}</option>
            {categories.map((id) => (
              <option key={id} value={id}>
                {t(`events.categories.${id}`)}
              </option>
            ))}
          </Select>
        </Field>
        {member ? (
          <Button
            icon={<X className="size-4" />}
            title={t("events.clear")}
            className="max-sm:col-span-2"
            onClick={() => change({ member: undefined })}
          >
            {t("events.only", { name: person ? (person.name ?? person.email) : member.slice(0, 8) })}
          </Button>
        ) : null}
      </div>
      {tooLong ? (
        <EmptyState title={t("events.tooLong")} />
      ) : pages.isPending ? (
        <SkeletonRows />
      ) : pages.isError && events.length === 0 ? (
        <ErrorState
          title={t("events.failed")}
          action={<Button onClick={() => void pages.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(pages.error, t)}
        </ErrorState>
      ) : events.length === 0 ? (
        <EmptyState icon={<ScrollText />} title={t("events.none")}>
          {t("events.noneText")}
        </EmptyState>
      ) : (
        <>
          <EventTable label={t("console.section.events")} events={events} names={names} linked={linked} />
          <div className="flex items-center gap-3 border-t border-line px-4 py-2 text-sm sm:px-6">
            <span role="status" className="mr-auto text-muted">
              {t(hasNextPage ? "events.shownMore" : "events.shown", { count: events.length })}
            </span>
            {hasNextPage ? (
              <Button
                size="sm"
                pending={pages.isFetchingNextPage}
                onClick={() =>
                  void pages.fetchNextPage().then(({ error }) => {
                    if (error) {
                      handleError(error, t("events.failed"));
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
    </>
  );
}

/** The provider's administrators have one log over all of their clients. */
function AuditLink() {
  const t = useT();
  const { by, organizationId } = useConsole();
  const providers = useVault((state) => state.providers);
  if (by.kind !== "provider" || providers.find(({ id }) => id === by.providerId)?.type !== 0) {
    return null;
  }
  return (
    <Link
      to="/providers/$providerId/$section"
      params={{ providerId: by.providerId, section: "audit" }}
      search={{ organization: organizationId }}
      className="text-accent-text hover:underline"
    >
      {t("events.inAudit")}
    </Link>
  );
}

type ExportButtonProps = { log: LogOf; query: EventQuery; names: Names; disabled: boolean };

/** Reads the whole range; that can be long, so it counts and can be stopped. */
function ExportButton({ log, query, names, disabled }: ExportButtonProps) {
  const t = useT();
  const { name } = useConsole();
  const [read, setRead] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function run() {
    const controller = new AbortController();
    abort.current = controller;
    setRead(0);
    try {
      const events = await readAll(log, query, controller.signal, setRead);
      const days = `${query.start?.slice(0, 10)}-${query.end?.slice(0, 10)}`;
      download(`${fileNamePart(name)}-events-${days}.csv`, logAsCsv(events, names, t));
      toast({ title: t("events.exported", { count: events.length }) });
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
