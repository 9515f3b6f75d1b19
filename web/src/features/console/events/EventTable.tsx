import { useMemo } from "react";
import type { EventRecord } from "@/api";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { type Column, Table } from "@/ui/Table";
import { type PlaceSearch, SectionLink } from "../place";
import type { SectionId } from "../sections";
import { deviceName } from "./device";
import type { Names } from "./names";
import { type Subject, sentenceOf, subjectOf } from "./words";

type EventTableProps = {
  label: string;
  events: readonly EventRecord[];
  names: Names;
  /** Where subjects can be looked at from here. */
  linked: (subject: Subject) => boolean;
};

type Line = { readonly at: number; readonly event: EventRecord };

/** When, with what, who, and what: the newest first, as the server gives them. */
export function EventTable({ label, events, names, linked }: EventTableProps) {
  const t = useT();
  const format = useFormat();
  // Lines of a log have no ids, and are never put in another order.
  const lines = useMemo(() => events.map((event, at) => ({ at, event })), [events]);
  const columns = useMemo<Column<Line>[]>(
    () => [
      {
        id: "time",
        header: t("events.time"),
        width: "10.5rem",
        narrow: "second",
        cell: ({ event }) => (
          <time dateTime={event.date} className="tabular-nums">
            {format.dateTime(event.date)}
          </time>
        ),
        narrowCell: ({ event }) => `${format.dateTime(event.date)} · ${names.who(event).name}`,
      },
      {
        id: "client",
        header: t("events.client"),
        width: "minmax(7rem,1fr)",
        narrow: "none",
        cell: ({ event }) => {
          const device = deviceName(event.deviceType, t);
          const address = event.ipAddress;
          return (
            <span title={address ? t("events.fromAddress", { device, address }) : device}>{device}</span>
          );
        },
      },
      {
        id: "who",
        header: t("events.who"),
        width: "minmax(8rem,1.2fr)",
        narrow: "none",
        cell: ({ event }) => {
          const { name, email } = names.who(event);
          return <span title={email || undefined}>{name}</span>;
        },
      },
      {
        id: "what",
        header: t("events.what"),
        width: "minmax(14rem,3fr)",
        narrow: "title",
        cell: ({ event }) => <Sentence event={event} names={names} linked={linked} />,
      },
    ],
    [t, format, names, linked],
  );
  return (
    <Table
      label={label}
      columns={columns}
      rows={lines}
      rowKey={(line) => String(line.at)}
      initialSort={{ id: "as they come" }}
    />
  );
}

type SentenceProps = { event: EventRecord; names: Names; linked: (subject: Subject) => boolean };

function Sentence({ event, names, linked }: SentenceProps) {
  const t = useT();
  const { before, after, named } = sentenceOf(event.type, t);
  const subject = subjectOf(event);
  if (!named) {
    return before;
  }
  const name = subject ? names.what(subject) : "–";
  return (
    <span title={`${before}${name}${after}`}>
      {before}
      {subject && linked(subject) ? (
        <SectionLink {...placeOf(subject)} className="font-medium text-accent-text hover:underline">
          {name}
        </SectionLink>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {after}
    </span>
  );
}

function placeOf({ kind, id }: Subject): { section: SectionId; search: PlaceSearch } {
  switch (kind) {
    case "item":
      return { section: "items", search: { item: id } };
    case "collection":
      return { section: "items", search: { collection: id } };
    case "group":
      return { section: "groups", search: { group: id } };
    case "member":
      return { section: "people", search: { member: id } };
    case "policy":
      return { section: "policies", search: {} };
    case "domain":
      return { section: "settings", search: {} };
  }
}
