import { useState } from "react";
import type { Member } from "@/api";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Input } from "@/ui/Field";
import { matches, nameOf } from "./people";

const most = 50;

/** Chooses one person by typing a part of the name. */
export function PersonPicker({
  people,
  onPick,
}: {
  people: readonly Member[];
  onPick: (member: Member) => void;
}) {
  const t = useT();
  const [query, setQuery] = useState("");
  const found = people
    .filter((member) => matches(member, query))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <div className="flex flex-col gap-2">
      <Input
        autoFocus
        type="search"
        aria-label={t("client.searchPeople")}
        placeholder={t("client.searchPeople")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="-mx-2 max-h-80 overflow-y-auto">
        {found.slice(0, most).map((member) => (
          <li key={member.id}>
            <button
              type="button"
              onClick={() => onPick(member)}
              className="flex w-full items-center gap-3 rounded-lg px-2 py-1.5 text-left hover:bg-hover"
            >
              <Avatar
                round
                seed={member.userId ?? member.email}
                name={nameOf(member)}
                color={member.avatarColor}
              />
              <span className="min-w-0">
                <span className="block truncate font-medium">{nameOf(member)}</span>
                {member.name ? (
                  <span className="block truncate text-sm text-muted">{member.email}</span>
                ) : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="py-3 text-center text-muted">
          {people.length === 0 ? t("console.offboard.nobody") : t("vault.nothingFound", { query })}
        </p>
      ) : null}
    </div>
  );
}
