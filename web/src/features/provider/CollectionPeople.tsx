import type { Access, Member } from "@/api";
import { useT } from "@/i18n";
import { Checkbox, Select } from "@/ui/Field";
import { Skeleton } from "@/ui/States";

const levels = ["view", "viewHidden", "edit", "editHidden", "manage"] as const;
type Level = (typeof levels)[number];

function levelOf(access: Access): Level {
  if (access.manage) {
    return "manage";
  }
  const may = access.readOnly ? "view" : "edit";
  return access.hidePasswords ? `${may}Hidden` : may;
}

function accessOf(id: string, level: Level): Access {
  return {
    id,
    manage: level === "manage",
    readOnly: level.startsWith("view"),
    hidePasswords: level.endsWith("Hidden"),
  };
}

type CollectionPeopleProps = {
  /** Absent while they are on their way. */
  members: readonly Member[] | undefined;
  value: readonly Access[];
  onChange: (value: readonly Access[]) => void;
};

/** Who sees a collection, and what they may do there. */
export function CollectionPeople({ members, value, onChange }: CollectionPeopleProps) {
  const t = useT();
  if (!members) {
    return <Skeleton className="h-16" />;
  }
  const set = (id: string, level: Level | null) => {
    const others = value.filter((access) => access.id !== id);
    onChange(level ? [...others, accessOf(id, level)] : others);
  };
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("client.access")}</legend>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {members.map((member) => {
          const given = value.find((access) => access.id === member.id);
          const name = member.name ?? member.email;
          return (
            <li key={member.id} className="flex min-h-12 items-center gap-3 px-3 py-1.5 max-sm:flex-wrap">
              <Checkbox
                className="min-w-0 flex-1 [&>span]:min-w-0 [&>span]:break-words"
                label={name}
                hint={member.name ? member.email : undefined}
                checked={given !== undefined}
                onChange={(event) => set(member.id, event.target.checked ? "edit" : null)}
              />
              {given ? (
                <Select
                  className="sm:!w-48"
                  aria-label={t("client.accessOf", { name })}
                  value={levelOf(given)}
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
      {value.length === 0 ? <p className="mt-1.5 text-sm text-muted">{t("client.accessNobody")}</p> : null}
    </fieldset>
  );
}
