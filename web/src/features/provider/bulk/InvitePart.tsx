import { FileSpreadsheet } from "lucide-react";
import { useMemo, useState } from "react";
import { api } from "@/app/services";
import { csvOf, download, fileNamePart } from "@/features/console/csv";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useClients } from "../data";
import { usePortal } from "../scope";
import { type CheckAnswer, Checks } from "./Checks";
import { Columns } from "./Columns";
import { merged, toCheck } from "./checked";
import { InviteRun } from "./InviteRun";
import { addressOf, type Defaults, guess, invitationsOf, isAddress, type Mapping } from "./invitations";
import { useInvitationRun } from "./runs";
import { clientIndex, lookUp } from "./seats";
import { TableSource } from "./TableSource";
import { readTable } from "./table";

const isData = (cell: string) => isAddress(addressOf(cell));
/** What the server checks at once. */
const most = 5000;

/** People for many clients from one table: read, look at, check, and only then invite. */
export function InvitePart() {
  const { providerId } = usePortal();
  const { phase } = useInvitationRun(providerId);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {phase === "ready" ? <Preparing /> : <InviteRun />}
    </div>
  );
}

function Preparing() {
  const t = useT();
  const { providerId } = usePortal();
  const clients = useClients(providerId);
  const [text, setText] = useState("");
  const [corrected, setCorrected] = useState<Mapping | null>(null);
  const [defaults, setDefaults] = useState<Defaults>({ client: "", type: 2 });
  const [checked, setChecked] = useState<CheckAnswer | null>(null);
  const act = useAct();
  const table = useMemo(() => readTable(text, isData), [text]);
  const index = useMemo(() => clientIndex(clients.data ?? []), [clients.data]);
  const guessed = useMemo(() => guess(table, (name) => lookUp(index, name).length > 0), [table, index]);
  const mapping = corrected ?? guessed;
  const lines = useMemo(() => invitationsOf(table, mapping, defaults), [table, mapping, defaults]);
  const tooMany = lines.length > most;

  /** Whatever changes makes a check that was done worthless. */
  function changing<Value>(set: (value: Value) => void) {
    return (value: Value) => {
      setChecked(null);
      set(value);
    };
  }

  async function check() {
    const { sound, rows } = toCheck(lines);
    await act.run(async () => {
      const answer = sound.length > 0 ? await api.fleet.checkInvitations(providerId, rows) : null;
      setChecked({ lines: merged(lines, answer?.data ?? []), clients: answer?.clients ?? [] });
    });
  }

  if (checked) {
    return <Checks answer={checked} onBack={() => setChecked(null)} />;
  }
  return (
    <div className="flex max-w-5xl flex-col gap-5 px-4 py-5 sm:px-6">
      <TableSourceForPeople
        text={text}
        onText={changing((next: string) => {
          setText(next);
          setCorrected(null);
        })}
      />
      {table.rows.length > 0 ? (
        <>
          <Columns
            table={table}
            mapping={mapping}
            onMapping={changing(setCorrected)}
            defaults={defaults}
            onDefaults={changing(setDefaults)}
          />
          {act.error ? (
            <div role="alert">
              <Callout mood="bad" title={t("bulkwork.checkFailed")}>
                {act.error}
              </Callout>
            </div>
          ) : null}
          {tooMany ? <Callout mood="warn">{t("bulkwork.tooMany", { most })}</Callout> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              look="primary"
              pending={act.busy}
              disabled={!mapping.includes("email") || tooMany}
              onClick={() => void check()}
            >
              {t("bulkwork.check", { count: lines.length })}
            </Button>
            <span className="text-sm text-muted">
              {mapping.includes("email") ? t("bulkwork.checkText") : t("bulkwork.noAddressColumn")}
            </span>
          </div>
        </>
      ) : text.trim() ? (
        <Callout mood="warn">{t("bulkwork.noRows")}</Callout>
      ) : null}
    </div>
  );
}

function TableSourceForPeople({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useT();
  const { name } = usePortal();
  const header = [
    t("bulkwork.field.client"),
    t("common.email"),
    t("client.role"),
    t("bulkwork.field.groups"),
  ];
  const example = [t("bulkwork.exampleClient"), "ada@example.test", t("client.roles.2"), ""];
  return (
    <div className="flex flex-col gap-2">
      <TableSource
        text={text}
        onText={onText}
        hint={t("bulkwork.peopleHint")}
        placeholder={[header, example].map((cells) => cells.join(";")).join("\n")}
      />
      <span className="flex flex-wrap gap-2">
        <Button
          size="sm"
          look="ghost"
          icon={<FileSpreadsheet className="size-4" />}
          onClick={() => download(`${fileNamePart(name)}-invitations.csv`, csvOf(header, [example]))}
        >
          {t("bulkwork.template")}
        </Button>
      </span>
    </div>
  );
}
