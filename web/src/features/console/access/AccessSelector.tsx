import { LibraryBig, UsersRound } from "lucide-react";
import { type ReactNode, useDeferredValue, useState } from "react";
import type { Access } from "@/api";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Checkbox, Input, Select } from "@/ui/Field";
import { accessOf, type Level, levelOf, levels } from "./levels";

/** Somebody or something that can be given access, or access to which can be given. */
export type Choice = {
  readonly id: string;
  readonly kind: "group" | "person" | "collection";
  readonly name: string;
  /** What else there is to know: an address, or the groups by which the access is there already. */
  readonly note?: string | undefined;
  /** Why it cannot be changed here. */
  readonly locked?: string | undefined;
  readonly color?: string | null | undefined;
};

type AccessSelectorProps = {
  legend: ReactNode;
  choices: readonly Choice[];
  value: readonly Access[];
  onChange: (value: Access[]) => void;
  searchLabel: string;
  /** In place of the list when there is nothing to choose. */
  empty: ReactNode;
};

const few = 8;
/** More than anybody reads; the search finds the others. */
const most = 200;
const order: Record<Choice["kind"], number> = { group: 0, person: 1, collection: 2 };

/** Who or what is given access, and how much: groups first, and those who have it already before the others. */
export function AccessSelector(props: AccessSelectorProps) {
  const { legend, choices, value, onChange, searchLabel, empty } = props;
  const t = useT();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query).trim().toLocaleLowerCase();
  // The rows stay where they are while somebody ticks them.
  const [first] = useState(() => new Set(value.map((access) => access.id)));
  const granted = new Map(value.map((access) => [access.id, access]));
  const found = choices
    .filter(({ name, note }) => `${name} ${note ?? ""}`.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => order[a.kind] - order[b.kind] || Number(first.has(b.id)) - Number(first.has(a.id)));

  function set(id: string, level: Level | null) {
    const next = level === null ? [] : [accessOf(id, level)];
    onChange(
      granted.has(id) ? value.flatMap((access) => (access.id === id ? next : [access])) : [...value, ...next],
    );
  }

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {choices.length > few ? (
        <Input
          type="search"
          className="mb-2"
          aria-label={searchLabel}
          placeholder={searchLabel}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : null}
      {choices.length === 0 ? <p className="text-sm text-muted">{empty}</p> : null}
      {found.length > 0 ? (
        <ul className="max-h-[max(20rem,100dvh-27rem)] divide-y divide-line overflow-y-auto rounded-lg border border-line">
          {found.slice(0, most).map((choice) => (
            <Row key={choice.id} choice={choice} access={granted.get(choice.id)} onSet={set} />
          ))}
        </ul>
      ) : choices.length > 0 ? (
        <p className="py-3 text-sm text-muted">{t("vault.nothingFound", { query })}</p>
      ) : null}
      {found.length > most ? (
        <p className="mt-1.5 text-sm text-muted">
          {t("console.access.more", { count: found.length - most })}
        </p>
      ) : null}
    </fieldset>
  );
}

type RowProps = {
  choice: Choice;
  access: Access | undefined;
  onSet: (id: string, level: Level | null) => void;
};

function Row({ choice, access, onSet }: RowProps) {
  const t = useT();
  const { id, name, note, locked } = choice;
  return (
    <li className="flex min-h-11 items-center gap-x-3 gap-y-1.5 py-1.5 pr-2 pl-3 max-sm:flex-wrap">
      <Checkbox
        className="min-w-0 flex-1 max-sm:basis-full"
        checked={access !== undefined}
        disabled={locked !== undefined}
        onChange={(event) => onSet(id, event.target.checked ? "edit" : null)}
        label={
          <span className="flex min-w-0 items-center gap-2">
            <Face choice={choice} />
            <span className="truncate">{name}</span>
          </span>
        }
        hint={locked ?? note}
      />
      {access ? (
        <Select
          className="!h-8 !w-44 shrink-0 text-sm max-sm:ml-6.5 max-sm:!w-[calc(100%-1.625rem)]"
          aria-label={t("client.accessOf", { person: name })}
          disabled={locked !== undefined}
          value={levelOf(access)}
          onChange={(event) => onSet(id, event.target.value as Level)}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {t(`client.level.${level}`)}
            </option>
          ))}
        </Select>
      ) : null}
    </li>
  );
}

function Face({ choice }: { choice: Choice }) {
  switch (choice.kind) {
    case "group":
      return <UsersRound className="size-4 shrink-0 text-muted" aria-hidden />;
    case "collection":
      return <LibraryBig className="size-4 shrink-0 text-muted" aria-hidden />;
    case "person":
      return <Avatar round size="sm" seed={choice.id} name={choice.name} color={choice.color ?? null} />;
  }
}
