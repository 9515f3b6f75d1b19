import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { PageHeader } from "@/app/shell/PageHeader";
import { usePageTitle } from "@/app/title";
import { useShortcuts } from "@/app/useShortcuts";
import type { SendListItem, SendView } from "@/crypto/model/sends";
import { Filters, ListBar, SearchBox } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { DeleteSendDialog } from "./list/DeleteSendDialog";
import { NoSends } from "./list/NoSends";
import { SendTable } from "./list/SendTable";
import { filters, parseFilter, passes, searchSends } from "./model/standing";
import { SendPanel } from "./panel/SendPanel";
import { SendDialog } from "./SendDialog";
import { useNow, useSendRules, useSends } from "./useSends";

/** One's own Sends: those that are there, and the way to another. */
export function SendsPage() {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/sends" });
  const now = useNow();
  const sends = useSends(now);
  const rules = useSendRules();
  const [query, setQuery] = useState("");
  const [edited, setEdited] = useState<SendView | null>(null);
  const [deleting, setDeleting] = useState<SendListItem | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const filter = parseFilter(search.filter);
  const shown = useMemo(
    () => searchSends(sends, query).filter((send) => passes(send, filter, now)),
    [sends, query, filter, now],
  );
  usePageTitle(t("send.title"));

  function go(next: { send?: string | undefined; act?: string | undefined; filter?: string | undefined }) {
    void navigate({ to: "/sends", search: { filter: search.filter, ...next } });
  }
  const create = () => go({ act: "new" });
  useShortcuts({ search: () => searchBox.current?.focus(), create });
  const open = search.send ? sends.find(({ id }) => id === search.send) : undefined;

  return (
    <>
      <PageHeader
        title={t("send.title")}
        note={t("send.note")}
        actions={
          sends.length > 0 && !rules.off ? (
            <Button look="primary" icon={<Plus className="size-4" />} onClick={create}>
              {t("send.new")}
            </Button>
          ) : undefined
        }
      />
      {rules.off ? (
        <div className="px-4 pt-3 sm:px-6">
          <Callout mood="warn" title={t("send.policy.offTitle")}>
            {t("send.policy.off", { name: rules.off.by })}
          </Callout>
        </div>
      ) : null}
      {sends.length === 0 ? (
        <NoSends onCreate={rules.off ? undefined : create} />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col pt-2.5">
          <ListBar
            count={t("common.of", { shown: format.number(shown.length), total: format.number(sends.length) })}
          >
            <SearchBox ref={searchBox} label={t("send.search")} value={query} onChange={setQuery} />
            <Filters
              label={t("send.filters")}
              filters={filters.map((id) => ({
                id,
                label: t(`send.filter.${id}`),
                count: sends.filter((send) => passes(send, id, now)).length,
              }))}
              current={filter}
              onFilter={(id) => go({ filter: id === "all" ? undefined : id })}
            />
          </ListBar>
          {shown.length > 0 ? (
            <SendTable sends={shown} now={now} onOpen={({ id }) => go({ send: id })} onDelete={setDeleting} />
          ) : (
            <p className="px-6 py-10 text-center text-muted">
              {query ? t("send.nothingFound", { query }) : t("send.nothingHere")}
            </p>
          )}
        </div>
      )}
      {search.send ? (
        <SendPanel
          key={search.send}
          send={open}
          now={now}
          onClose={() => go({})}
          onEdit={setEdited}
          onDelete={setDeleting}
        />
      ) : null}
      {search.act === "new" ? <SendDialog onClose={() => go({})} /> : null}
      {edited ? <SendDialog edited={edited} onClose={() => setEdited(null)} /> : null}
      {deleting ? (
        <DeleteSendDialog
          send={deleting}
          onClose={(gone) => {
            setDeleting(null);
            if (gone && search.send === deleting.id) {
              go({});
            }
          }}
        />
      ) : null}
    </>
  );
}
