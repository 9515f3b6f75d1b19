import { Tag } from "lucide-react";
import { useState } from "react";
import type { Client } from "@/api";
import type { Tag as ClientTag } from "@/api/clients";
import type { Reached, StaffReach } from "@/api/staff";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Input } from "@/ui/Field";
import { DayInput } from "./ReachFields";

const shown = 60;

type ReachListProps = {
  value: StaffReach;
  onChange: (value: StaffReach) => void;
  clients: readonly Client[];
  tags: readonly ClientTag[];
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** With an entry for the id, with another date, or without it. */
function given<Id>(list: readonly Reached<Id>[], id: Id, until: string | null | false): Reached<Id>[] {
  const others = list.filter((one) => one.id !== id);
  return until === false
    ? others
    : list.some((one) => one.id === id)
      ? list.map((one) => (one.id === id ? { id, until } : one))
      : [...list, { id, until }];
}

/** Tags first, then clients; whatever was assigned when the list opened stands at the top. */
export function ReachList({ value, onChange, clients, tags }: ReachListProps) {
  const t = useT();
  const [query, setQuery] = useState("");
  const [before] = useState(() => new Set<string>([...value.clients, ...value.tags].map(({ id }) => id)));
  const wanted = query.trim().toLocaleLowerCase();
  const fits = (name: string) => name.toLocaleLowerCase().includes(wanted);
  const order = (a: { id: string; name: string }, b: { id: string; name: string }) =>
    Number(before.has(b.id)) - Number(before.has(a.id)) || collator.compare(a.name, b.name);
  const foundTags = tags.filter(({ name }) => fits(name)).sort(order);
  const foundClients = clients
    .map((client) => ({
      id: client.id,
      name: client.organizationName,
      organizationId: client.organizationId,
    }))
    .filter(({ name }) => fits(name))
    .sort(order);
  const theirTags = tags.filter((tag) => value.tags.some(({ id }) => id === tag.id));
  const hidden = foundClients.length - shown;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{t("staff.assigned")}</legend>
      <Input
        type="search"
        aria-label={t("staff.searchReach")}
        placeholder={t("staff.searchReach")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {foundTags.map((tag) => (
          <Row
            key={tag.id}
            entry={value.tags.find(({ id }) => id === tag.id)}
            icon={<Tag className="size-4 text-muted" aria-hidden />}
            name={t("staff.tag", { name: tag.name })}
            note={t("staff.clientCount", { count: tag.clientIds.length })}
            onSet={(until) => onChange({ ...value, tags: given(value.tags, tag.id, until) })}
          />
        ))}
        {foundClients.slice(0, shown).map((client) => {
          const by = theirTags.filter(({ clientIds }) => clientIds.includes(client.id));
          return (
            <Row
              key={client.id}
              entry={value.clients.find(({ id }) => id === client.id)}
              icon={<Avatar size="sm" seed={client.organizationId} name={client.name} />}
              name={client.name}
              note={by.length > 0 ? t("staff.byTag", { tags: by.map(({ name }) => name).join(", ") }) : ""}
              onSet={(until) => onChange({ ...value, clients: given(value.clients, client.id, until) })}
            />
          );
        })}
        {hidden > 0 ? (
          <li className="px-3 py-2 text-sm text-muted">{t("console.access.more", { count: hidden })}</li>
        ) : null}
        {foundTags.length + foundClients.length === 0 ? (
          <li className="px-3 py-3 text-center text-muted">
            {clients.length === 0 ? t("staff.noClients") : t("staff.nothingFound", { query })}
          </li>
        ) : null}
      </ul>
    </fieldset>
  );
}

type RowProps = {
  entry: { readonly until: string | null } | undefined;
  icon: React.ReactNode;
  name: string;
  note: string;
  onSet: (until: string | null | false) => void;
};

function Row({ entry, icon, name, note, onSet }: RowProps) {
  const t = useT();
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
      <label className="flex min-w-0 flex-1 basis-48 cursor-pointer items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={entry !== undefined}
          onChange={(event) => onSet(event.target.checked ? null : false)}
        />
        {icon}
        <span className="min-w-0">
          <span className="block truncate">{name}</span>
          {note ? <span className="block truncate text-sm text-muted">{note}</span> : null}
        </span>
      </label>
      {entry ? (
        <span className="flex items-center gap-2 text-sm text-muted max-sm:pl-6">
          {t("staff.untilLabel")}
          <DayInput value={entry.until} onChange={onSet} label={t("staff.untilOf", { name })} />
        </span>
      ) : null}
    </li>
  );
}
