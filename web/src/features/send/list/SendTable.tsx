import { CircleHelp, FileText, Paperclip, Trash2 } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { SendListItem } from "@/crypto/model/sends";
import { type T, useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { IconButton } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { type Column, Table } from "@/ui/Table";
import { nextEnd, standingOf } from "../model/standing";
import { linkOf } from "../useSends";
import { StandingBadge } from "./StandingBadge";

type SendTableProps = {
  sends: readonly SendListItem[];
  now: number;
  onOpen: (send: SendListItem) => void;
  onDelete: (send: SendListItem) => void;
};

const rowKey = ({ id }: SendListItem) => id;

export function SendTable({ sends, now, onOpen, onDelete }: SendTableProps) {
  const t = useT();
  const rows = useMemo(() => [...sends], [sends]);
  const lead = useCallback((send: SendListItem) => <SendIcon type={send.type} />, []);
  return (
    <Table
      label={t("send.title")}
      choose="sends"
      columns={useColumns(now, onOpen, onDelete)}
      rows={rows}
      rowKey={rowKey}
      initialSort={{ id: "deletion" }}
      lead={lead}
      onOpen={onOpen}
    />
  );
}

const icons = { text: FileText, file: Paperclip };

export function SendIcon({ type }: { type: SendListItem["type"] }) {
  const Icon = type ? icons[type] : CircleHelp;
  return (
    <span className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg bg-sunken text-muted">
      <Icon className="size-4" aria-hidden />
    </span>
  );
}

/** "3 of 10", or how many without a limit. */
export function accessesOf(send: SendListItem, t: T, number: (value: number) => string): string {
  return send.maxAccessCount === null
    ? number(send.accessCount)
    : t("send.accessesOf", { count: send.accessCount, most: number(send.maxAccessCount) });
}

export function opensWith({ protection }: SendListItem, t: T): string {
  return protection.kind === "emails"
    ? t("send.opens.emails", { count: protection.emails.length })
    : t(`send.opens.${protection.kind}`);
}

type Act = (send: SendListItem) => void;

function useColumns(now: number, onOpen: Act, onDelete: Act): Column<SendListItem>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common.name"),
        narrow: "title",
        width: "minmax(14rem,3fr)",
        sortBy: ({ name }) => name,
        cell: (send) => <Name send={send} now={now} onOpen={onOpen} />,
      },
      {
        id: "opens",
        header: t("send.column.opens"),
        narrow: "none",
        width: "minmax(9rem,1fr)",
        sortBy: (send) => opensWith(send, t),
        cell: (send) => opensWith(send, t),
      },
      {
        id: "accesses",
        header: t("send.column.accesses"),
        narrow: "none",
        width: "6rem",
        end: true,
        sortBy: ({ accessCount }) => accessCount,
        cell: (send) => accessesOf(send, t, format.number),
      },
      {
        id: "deletion",
        header: t("send.column.deletion"),
        narrow: "second",
        width: "10rem",
        sortBy: ({ deletionDate }) => Date.parse(deletionDate),
        cell: (send) => (
          <span title={format.dateTime(send.deletionDate)}>{format.ago(send.deletionDate)}</span>
        ),
        narrowCell: (send) => <Second send={send} now={now} />,
      },
      {
        id: "acts",
        header: t("common.actions"),
        quiet: true,
        end: true,
        narrow: "end",
        width: "5rem",
        cell: (send) => <Acts send={send} onDelete={onDelete} />,
      },
    ],
    [t, format, now, onOpen, onDelete],
  );
}

function Name({ send, now, onOpen }: { send: SendListItem; now: number; onOpen: Act }) {
  const t = useT();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <button
        type="button"
        onClick={(event) => {
          event.stopPropagation();
          onOpen(send);
        }}
        className="min-w-0 truncate rounded text-left text-base font-medium hover:underline"
      >
        {send.broken ? <span className="text-bad">{t("send.broken")}</span> : send.name}
      </button>
      <span className="shrink-0 max-sm:hidden">
        <StandingBadge send={send} now={now} />
      </span>
    </span>
  );
}

/** The second line of a phone: what is wrong, or how often and until when. */
function Second({ send, now }: { send: SendListItem; now: number }) {
  const t = useT();
  const format = useFormat();
  const standing = standingOf(send, now);
  const count = accessesOf(send, t, format.number);
  return standing === "open"
    ? `${t("send.endsSoon", { when: format.ago(nextEnd(send)) })} · ${t("send.accesses")}: ${count}`
    : t(`send.standing.${standing}`);
}

function Acts({ send, onDelete }: { send: SendListItem; onDelete: Act }) {
  const t = useT();
  const name = send.broken ? t("send.broken") : send.name;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the clicks from the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span className="inline-flex" onClick={(event) => event.stopPropagation()}>
      {send.broken ? null : (
        <CopyButton value={() => linkOf(send.id)} label={t("send.copyLinkOf", { name })} />
      )}
      <IconButton
        size="sm"
        label={t("send.deleteTitle", { name })}
        icon={<Trash2 className="size-4" />}
        onClick={() => onDelete(send)}
      />
    </span>
  );
}
