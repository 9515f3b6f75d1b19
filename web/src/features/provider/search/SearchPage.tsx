import { Building2, CircleUserRound, Download, ScanFace, ShieldCheck, UserSearch } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { explain, handleError } from "@/app/errors";
import { useShortcuts } from "@/app/useShortcuts";
import { download, fileNamePart } from "@/features/console/csv";
import { SearchBox } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useClients } from "../data";
import { type Addition, type Chip, Chips } from "../filters/Chips";
import { ChooseDialog } from "../filters/ChooseDialog";
import { textOf } from "../filters/list";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { FoundTable } from "./FoundTable";
import { asksForAnything, filterOf, queryOf, statuses, types } from "./filter";
import { foundAsCsv } from "./foundAsCsv";
import { readAllFound, useFound } from "./useFound";

type Choosing = "status" | "role" | "twoStep" | "clients";

/** Somebody, wherever among the clients they are, and everybody in some state. */
export function SearchPage() {
  const t = useT();
  const format = useFormat();
  const { search } = usePortalPlace();
  const [text, setText] = useText();
  const box = useRef<HTMLInputElement>(null);
  const filter = filterOf(search);
  const asked = asksForAnything(filter);
  const found = useFound(queryOf(filter), asked);
  const { chips, additions, dialog } = useFilters();

  useShortcuts({ search: () => box.current?.focus() });

  return (
    <>
      <PortalHead
        title={t("portal.section.search")}
        note={t("find.intro")}
        actions={<SaveButton query={queryOf(filter)} disabled={!asked || found.people.length === 0} />}
      />
      <Chips chips={chips} additions={additions}>
        <SearchBox ref={box} label={t("find.label")} value={text} onChange={setText} />
      </Chips>
      {!asked ? (
        <EmptyState icon={<UserSearch />} title={t("find.begin")}>
          {t("find.beginText")}
        </EmptyState>
      ) : found.isError && found.people.length === 0 ? (
        <ErrorState
          title={t("find.failed")}
          action={<Button onClick={() => void found.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(found.error, t)}
        </ErrorState>
      ) : !found.data ? (
        <SkeletonRows />
      ) : found.people.length === 0 ? (
        <EmptyState icon={<UserSearch />} title={t("find.nobody")}>
          {t("find.nobodyText")}
        </EmptyState>
      ) : (
        <>
          <FoundTable people={found.people} />
          <div className="flex min-h-12 items-center gap-3 border-t border-line px-4 py-2 text-sm sm:px-6">
            <span role="status" className="mr-auto text-muted">
              {t("common.of", {
                shown: format.number(found.people.length),
                total: format.number(found.total),
              })}
            </span>
            {found.hasNextPage ? (
              <Button
                size="sm"
                pending={found.isFetchingNextPage}
                onClick={() =>
                  void found.fetchNextPage().then(({ error }) => {
                    if (error) {
                      handleError(error, t("find.failed"));
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

/** What is typed goes into the address after a moment; words that come from there, as from the palette, are shown. */
function useText() {
  const { search, go } = usePortalPlace();
  const there = search.q ?? "";
  const [text, setText] = useState(there);
  const written = useRef(there);
  const write = useRef((_: string) => {});
  write.current = (q) => go("search", { ...search, q: q || undefined }, { replace: true });
  useEffect(() => {
    const timer = setTimeout(() => {
      if (written.current !== text) {
        written.current = text;
        write.current(text);
      }
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (written.current !== there) {
      written.current = there;
      setText(there);
    }
  }, [there]);
  return [text, setText] as const;
}

/** The filters of the address as chips, and the dialogs that set them. */
function useFilters() {
  const t = useT();
  const { providerId, badge } = usePortal();
  const { search, go } = usePortalPlace();
  const clients = useClients(providerId).data ?? [];
  const [choosing, setChoosing] = useState<Choosing | null>(null);
  const filter = filterOf(search);
  const choices: Record<Choosing, readonly { readonly id: string; readonly name: string }[]> = {
    status: statuses.map((status) => ({
      id: String(status),
      name: t(status === -1 ? "client.statuses.revoked" : `client.statuses.${status}`),
    })),
    role: types.map((type) => ({ id: String(type), name: t(`client.roles.${type}`) })),
    twoStep: (["no", "yes"] as const).map((id) => ({ id, name: t(`find.twoStep.${id}`) })),
    clients: clients.map(({ id, organizationName }) => ({ id, name: organizationName })),
  };
  const chosen: Record<Choosing, readonly string[]> = {
    status: filter.statuses.map(String),
    role: filter.types.map(String),
    twoStep: filter.twoStep ? [filter.twoStep] : [],
    clients: filter.clients,
  };
  const icons = {
    status: <CircleUserRound />,
    role: <ScanFace />,
    twoStep: <ShieldCheck />,
    clients: <Building2 />,
  };
  const set = (which: Choosing, value: readonly string[]) =>
    go("search", { ...search, [which]: textOf(value) }, { replace: true });
  const kinds = Object.keys(icons) as Choosing[];
  const additions: Addition[] = kinds
    .filter((id) => chosen[id].length === 0)
    .map((id) => ({ id, label: t(`find.by.${id}`), icon: icons[id], run: () => setChoosing(id) }));
  const chips: Chip[] = kinds
    .filter((id) => chosen[id].length > 0)
    .map((id) => ({
      id,
      label: t(`find.by.${id}`),
      value: valueOfChip(
        chosen[id].map((value) => choices[id].find((choice) => choice.id === value)?.name ?? "…"),
        (first, count) => t("filters.andMore", { first, count }),
      ),
      onEdit: () => setChoosing(id),
      onClear: () => set(id, []),
    }));
  const dialog = choosing ? (
    <ChooseDialog
      key={choosing}
      title={t(`find.choose.${choosing}`)}
      scope={badge}
      choices={choices[choosing]}
      value={chosen[choosing]}
      single={choosing === "twoStep"}
      searchLabel={t("provider.searchClients")}
      onApply={(value) => set(choosing, value)}
      onClose={() => setChoosing(null)}
    />
  ) : null;
  return { chips, additions, dialog };
}

/** The first of several names, and how many more. */
export function valueOfChip(
  names: readonly string[],
  more: (first: string, count: number) => string,
): string {
  const [first = "", ...others] = names;
  return others.length > 0 ? more(first, others.length) : first;
}

function SaveButton({ query, disabled }: { query: ReturnType<typeof queryOf>; disabled: boolean }) {
  const t = useT();
  const { providerId, name } = usePortal();
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      download(`${fileNamePart(name)}-people.csv`, foundAsCsv(await readAllFound(providerId, query), t));
    } catch (error) {
      handleError(error, t("find.notSaved"));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button
      icon={<Download className="size-4" />}
      disabled={disabled}
      pending={busy}
      onClick={() => void save()}
    >
      {t("events.export")}
    </Button>
  );
}
