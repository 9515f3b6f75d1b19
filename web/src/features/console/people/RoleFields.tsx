import { useId } from "react";
import type { MemberType, PermissionName, Permissions } from "@/api";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";
import { Checkbox } from "@/ui/Field";
import { permissionNames, roles } from "../rights";
import { useConsole } from "../scope";

export type RoleDraft = { readonly type: MemberType; readonly permissions: Permissions };

type RoleFieldsProps = {
  value: RoleDraft;
  onChange: (value: RoleDraft) => void;
  /** Why the role cannot be changed. */
  locked?: string | undefined;
};

const order: readonly MemberType[] = [roles.user, roles.custom, roles.admin, roles.owner];
const collectionRights: readonly PermissionName[] = [
  "createNewCollections",
  "editAnyCollection",
  "deleteAnyCollection",
];

/** A role, and with the custom one each permission of its own. */
export function RoleFields({ value, onChange, locked }: RoleFieldsProps) {
  const t = useT();
  const { rights, summary } = useConsole();
  const id = useId();
  const offered = order.filter(
    (type) =>
      type === value.type ||
      (rights.outranks(type) && (type !== roles.custom || summary.useCustomPermissions === true)),
  );
  return (
    <div className="flex flex-col gap-4">
      <fieldset disabled={locked !== undefined}>
        <legend className="mb-1.5 text-sm font-medium">{t("client.role")}</legend>
        <div className="flex flex-col gap-2">
          {offered.map((type) => (
            <label
              key={type}
              className={cx(
                "flex cursor-pointer gap-3 rounded-lg border px-3 py-2.5",
                type === value.type ? "border-accent-text bg-accent-soft" : "border-line hover:bg-hover",
              )}
            >
              <input
                type="radio"
                name="role"
                className="mt-0.5 size-4 shrink-0 accent-accent"
                aria-labelledby={`${id}-${type}`}
                aria-describedby={`${id}-${type}-text`}
                checked={type === value.type}
                onChange={() => onChange({ ...value, type })}
              />
              <span>
                <span id={`${id}-${type}`} className="block font-medium">
                  {t(`client.roles.${type}`)}
                </span>
                <span id={`${id}-${type}-text`} className="block text-sm text-muted">
                  {t(`console.roleText.${type}`)}
                </span>
              </span>
            </label>
          ))}
        </div>
        {locked ? <p className="mt-1.5 text-sm text-muted">{locked}</p> : null}
      </fieldset>
      {value.type === roles.custom ? (
        <PermissionFields
          value={value.permissions}
          locked={locked !== undefined}
          onChange={(permissions) => onChange({ ...value, permissions })}
        />
      ) : null}
    </div>
  );
}

type PermissionFieldsProps = {
  value: Permissions;
  locked: boolean;
  onChange: (value: Permissions) => void;
};

function PermissionFields({ value, locked, onChange }: PermissionFieldsProps) {
  const t = useT();
  const { rights } = useConsole();
  const others = permissionNames.filter((name) => !collectionRights.includes(name));
  const set = (names: readonly PermissionName[], on: boolean) =>
    onChange({ ...value, ...Object.fromEntries(names.map((name) => [name, on])) });
  const box = (name: PermissionName) => (
    <Checkbox
      key={name}
      label={t(`console.permission.${name}`)}
      checked={value[name] === true}
      disabled={locked || !rights.mayGrant(name)}
      onChange={(event) => set([name], event.target.checked)}
    />
  );
  const all = collectionRights.every((name) => value[name] === true);
  return (
    <fieldset className="flex flex-col gap-2.5 rounded-lg border border-line p-3.5">
      <legend className="px-1 text-sm font-medium">{t("console.permissions")}</legend>
      {rights.standing.by === "membership" && rights.standing.role === roles.custom ? (
        <p className="text-sm text-muted">{t("console.permissionsOwn")}</p>
      ) : null}
      {others.slice(0, 3).map(box)}
      <Checkbox
        label={t("console.permission.allCollections")}
        checked={all}
        disabled={locked || !collectionRights.every((name) => rights.mayGrant(name))}
        onChange={(event) => set(collectionRights, event.target.checked)}
      />
      <div className="flex flex-col gap-2.5 pl-6">{collectionRights.map(box)}</div>
      {others.slice(3).map(box)}
    </fieldset>
  );
}
