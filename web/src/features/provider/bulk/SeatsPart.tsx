import { FileSpreadsheet, TriangleAlert } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { Client } from "@/api";
import { explain } from "@/app/errors";
import type { ClientId } from "@/crypto/model/ids";
import { csvOf, download, fileNamePart } from "@/features/console/csv";
import { ListBar, SearchBox } from "@/features/console/frame/ListBar";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { useClients } from "../data";
import { usePortal } from "../scope";
import { SeatPlanDialog } from "./SeatPlanDialog";
import { SeatTable } from "./SeatTable";
import { changesOf, type SeatLine, seatsFrom, seatsOf, type Wanted } from "./seats";
import { TableSource } from "./TableSource";
import { readTable } from "./table";

const none: readonly Client[] = [];
const noSeats: Wanted = new Map();

/** Seats for many clients: in the table, or from one; the purchase is reckoned before anything changes. */
export function SeatsPart() {
  const t = useT();
  const format = useFormat();
  const { providerId, name } = usePortal();
  const answer = useClients(providerId);
  const clients = answer.data ?? none;
  const [wanted, setWanted] = useState(noSeats);
  const [query, setQuery] = useState("");
  const [reading, setReading] = useState(false);
  const [planning, setPlanning] = useState(false);
  const changes = useMemo(() => changesOf(clients, wanted), [clients, wanted]);
  const found = useMemo(() => {
    const text = query.trim().toLocaleLowerCase();
    return clients.filter(({ organizationName }) => organizationName.toLocaleLowerCase().includes(text));
  }, [clients, query]);
  const set = useCallback(
    (id: ClientId, seats: number | null) =>
      setWanted((now) => {
        const next = new Map(now);
        if (seats === null) next.delete(id);
        else next.set(id, seats);
        return next;
      }),
    [],
  );

  if (answer.isError && !answer.data) {
    return (
      <ErrorState
        title={t("provider.clientsFailed")}
        action={<Button onClick={() => void answer.refetch()}>{t("common.tryAgain")}</Button>}
      >
        {explain(answer.error, t)}
      </ErrorState>
    );
  }
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <div className="pt-3">
          <ListBar
            count={t("common.of", {
              shown: format.number(found.length),
              total: format.number(clients.length),
            })}
          >
            <SearchBox label={t("provider.searchClients")} value={query} onChange={setQuery} />
            <Button
              size="sm"
              aria-expanded={reading}
              icon={<FileSpreadsheet className="size-4" />}
              onClick={() => setReading(!reading)}
            >
              {t("bulkwork.fromTable")}
            </Button>
          </ListBar>
        </div>
        {reading ? (
          <FromTable
            clients={clients}
            onRead={(read) => setWanted((now) => new Map([...now, ...read]))}
            onTemplate={() =>
              download(
                `${fileNamePart(name)}-seats.csv`,
                csvOf(
                  [t("bulkwork.field.client"), t("provider.used"), t("provider.seats")],
                  clients.map((client) => [client.organizationName, client.occupiedSeats, client.seats ?? 0]),
                ),
              )
            }
          />
        ) : null}
        {answer.isPending ? (
          <SkeletonRows />
        ) : found.length === 0 ? (
          <p className="px-6 py-10 text-center text-muted">
            {clients.length === 0 ? t("staff.noClients") : t("staff.nothingFound", { query })}
          </p>
        ) : (
          <SeatTable clients={found} wanted={wanted} onWant={set} />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2.5 sm:px-6">
        <span role="status" className="mr-auto text-sm text-muted">
          {changes.length === 0 ? t("bulkwork.noChanges") : t("bulkwork.changes", { count: changes.length })}
        </span>
        <Button disabled={wanted.size === 0} onClick={() => setWanted(noSeats)}>
          {t("bulkwork.forget")}
        </Button>
        <Button look="primary" disabled={changes.length === 0} onClick={() => setPlanning(true)}>
          {t("bulkwork.reckon")}
        </Button>
      </div>
      {planning ? (
        <SeatPlanDialog
          changes={changes}
          onDone={() => setWanted(noSeats)}
          onClose={() => setPlanning(false)}
        />
      ) : null}
    </>
  );
}

type FromTableProps = {
  clients: readonly Client[];
  onRead: (wanted: Wanted) => void;
  onTemplate: () => void;
};

function FromTable({ clients, onRead, onTemplate }: FromTableProps) {
  const t = useT();
  const [text, setText] = useState("");
  const read = useMemo(
    () =>
      seatsFrom(
        readTable(text, (cell) => seatsOf(cell) !== null),
        clients,
      ),
    [text, clients],
  );
  return (
    <div className="flex flex-col gap-3 border-b border-line bg-surface px-4 py-4 sm:px-6">
      <TableSource
        text={text}
        onText={(next) => {
          setText(next);
          onRead(
            seatsFrom(
              readTable(next, (cell) => seatsOf(cell) !== null),
              clients,
            ).wanted,
          );
        }}
        hint={t("bulkwork.seatsHint")}
        placeholder={`${t("bulkwork.field.client")};${t("provider.seats")}\n${t("bulkwork.exampleClient")};12`}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" look="ghost" icon={<FileSpreadsheet className="size-4" />} onClick={onTemplate}>
          {t("bulkwork.seatsTemplate")}
        </Button>
        {text.trim() ? (
          <span role="status" className="text-sm text-muted">
            {t("bulkwork.seatsRead", { count: read.wanted.size })}
          </span>
        ) : null}
      </div>
      {read.lines.length > 0 ? <Problems lines={read.lines} /> : null}
    </div>
  );
}

const few = 5;

function Problems({ lines }: { lines: readonly SeatLine[] }) {
  const t = useT();
  return (
    <Callout mood="warn" icon={<TriangleAlert />} title={t("bulkwork.linesLeft", { count: lines.length })}>
      <ul>
        {lines.slice(0, few).map(({ line, problem, cell }) => (
          <li key={line}>
            {t("bulkwork.lineNumber", { line })}: {t(`bulkwork.seatProblem.${problem}`, { cell })}
          </li>
        ))}
        {lines.length > few ? <li>{t("bulkwork.andMore", { count: lines.length - few })}</li> : null}
      </ul>
    </Callout>
  );
}
