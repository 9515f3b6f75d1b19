import type { MemberType } from "@/api";
import { useT } from "@/i18n";
import { Field, Select } from "@/ui/Field";
import { useClients } from "../data";
import { usePortal } from "../scope";
import { type Defaults, fields, type Mapping, withMeaning } from "./invitations";
import type { Table } from "./table";

const roles: readonly MemberType[] = [2, 1, 0];
const shown = 3;

type ColumnsProps = {
  table: Table;
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
  defaults: Defaults;
  onDefaults: (defaults: Defaults) => void;
};

/** What each column is, to be corrected, with the first lines below; and what counts where there is no column. */
export function Columns({ table, mapping, onMapping, defaults, onDefaults }: ColumnsProps) {
  const t = useT();
  const { providerId } = usePortal();
  const clients = useClients(providerId).data ?? [];
  const column = (at: number) => table.header?.[at] || t("bulkwork.column", { number: at + 1 });
  const named = clients.map(({ organizationName }) => organizationName).sort((a, b) => a.localeCompare(b));
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-x-auto rounded-xl border border-line">
        <table className="w-full text-left text-sm">
          <caption className="sr-only">{t("bulkwork.columns")}</caption>
          <thead className="bg-surface">
            <tr>
              {mapping.map((field, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name than their place
                <th key={at} scope="col" className="min-w-40 px-3 py-2 align-top font-normal">
                  <span className="mb-1 block truncate text-muted">{column(at)}</span>
                  <Select
                    aria-label={t("bulkwork.meaningOf", { column: column(at) })}
                    value={field ?? ""}
                    onChange={(event) =>
                      onMapping(
                        withMeaning(mapping, at, fields.find((one) => one === event.target.value) ?? null),
                      )
                    }
                  >
                    <option value="">{t("bulkwork.field.none")}</option>
                    {fields.map((one) => (
                      <option key={one} value={one}>
                        {t(`bulkwork.field.${one}`)}
                      </option>
                    ))}
                  </Select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, shown).map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
              <tr key={line} className="border-t border-line">
                {row.map((cell, at) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    key={at}
                    className={mapping[at] === null ? "px-3 py-1.5 text-muted line-through" : "px-3 py-1.5"}
                  >
                    <span className="block max-w-64 truncate">{cell || "–"}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mapping.includes("client") && mapping.includes("role") ? null : (
        <div className="grid gap-4 sm:grid-cols-2">
          {mapping.includes("client") ? null : (
            <Field label={t("bulkwork.clientForAll")} hint={t("bulkwork.noColumn")}>
              <Select
                value={defaults.client}
                onChange={(event) => onDefaults({ ...defaults, client: event.target.value })}
              >
                <option value="">{t("bulkwork.chooseClient")}</option>
                {named.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {mapping.includes("role") ? null : (
            <Field label={t("bulkwork.roleForAll")} hint={t("bulkwork.noColumn")}>
              <Select
                value={defaults.type}
                onChange={(event) =>
                  onDefaults({
                    ...defaults,
                    type: roles.find((role) => String(role) === event.target.value) ?? 2,
                  })
                }
              >
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {t(`client.roles.${role}`)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </div>
      )}
    </div>
  );
}
