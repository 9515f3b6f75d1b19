import { useState } from "react";
import type { Access, Member } from "@/api";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Checkbox, Input, Select } from "@/ui/Field";
import { accessOf, type Level, levelOf, levels } from "../access/levels";

type AccessPickerProps = {
  members: readonly Member[];
  value: readonly Access[];
  onChange: (value: Access[]) => void;
};

const fewPeople = 8;

/** Who at the client sees a collection, and what they may do with it. */
export function AccessPicker({ members, value, onChange }: AccessPickerProps) {
  const t = useT();
  const [query, setQuery] = useState("");
  // Who has access already stands first; the rows stay where they are while somebody ticks them.
  const [first] = useState(() => new Set(value.map((access) => access.id)));
  const granted = new Map(value.map((access) => [access.id, access]));
  const wanted = query.trim().toLowerCase();
  const shown = members
    .filter((member) => `${member.name ?? ""} ${member.email}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));

  function set(id: string, level: Level | null) {
    const others = value.filter((access) => access.id !== id);
    onChange(level === null ? others : [...others, accessOf(id, level)]);
  }

  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("client.whoSees", { count: value.length })}</legend>
      {members.length > fewPeople ? (
        <Input
          type="search"
          className="mb-2"
          aria-label={t("client.searchPeople")}
          placeholder={t("client.searchPeople")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : null}
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {shown.map((member) => {
          const access = granted.get(member.id);
          return (
            <li key={member.id} className="flex items-center min-h-11 gap-3 py-1.5 pr-2 pl-3">
              <Avatar
                round
                size="sm"
                seed={member.userId ?? member.email}
                name={member.name ?? member.email}
                color={member.avatarColor}
              />
              <Checkbox
                className="min-w-0 flex-1 flex-row-reverse justify-between leading-5"
                label={member.name ?? member.email}
                checked={access !== undefined}
                onChange={(event) => set(member.id, event.target.checked ? "edit" : null)}
              />
              {access ? (
                <Select
                  className="!h-8 !w-40 shrink-0 text-sm"
                  aria-label={t("client.accessOf", { person: member.name ?? member.email })}
                  value={levelOf(access)}
                  onChange={(event) => set(member.id, event.target.value as Level)}
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
        })}
      </ul>
    </fieldset>
  );
}
