import { type ReactNode, useState } from "react";
import { useT } from "@/i18n";
import { Checkbox, Input } from "@/ui/Field";

type CheckListProps = {
  legend: ReactNode;
  choices: readonly { readonly id: string; readonly name: string; readonly note?: string | undefined }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  searchLabel: string;
  empty: ReactNode;
  locked?: boolean;
};

const few = 8;
const most = 200;

/** Some of a list, without degrees: groups of a person, people of a group. */
export function CheckList(props: CheckListProps) {
  const { legend, choices, value, onChange, searchLabel, empty, locked } = props;
  const t = useT();
  const [query, setQuery] = useState("");
  const [first] = useState(() => new Set(value));
  const chosen = new Set(value);
  const wanted = query.trim().toLocaleLowerCase();
  const found = choices
    .filter(({ name, note }) => `${name} ${note ?? ""}`.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
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
          {found.slice(0, most).map(({ id, name, note }) => (
            <li key={id} className="px-3 py-2.5">
              <Checkbox
                label={name}
                hint={note}
                checked={chosen.has(id)}
                disabled={locked ?? false}
                onChange={(event) =>
                  onChange(event.target.checked ? [...value, id] : value.filter((other) => other !== id))
                }
              />
            </li>
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
