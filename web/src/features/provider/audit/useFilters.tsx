import { useQuery } from "@tanstack/react-query";
import { Building2, CircleUserRound, Tags } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { AuditRecord } from "@/api/audit";
import { api } from "@/app/services";
import { shortId } from "@/features/console/events/words";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useClients } from "../data";
import type { Addition, Chip } from "../filters/Chips";
import { ChooseDialog } from "../filters/ChooseDialog";
import { textOf } from "../filters/list";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { DaysDialog } from "./DaysDialog";
import { categories, filterOf } from "./filter";

type Choosing = "clients" | "acting" | "categories";
type Choices = readonly { readonly id: string; readonly name: string; readonly note?: string }[];

/** The filters of the address as chips, and the dialogs that set them. */
export function useFilters(records: readonly AuditRecord[]): {
  chips: Chip[];
  additions: Addition[];
  dialog: ReactNode;
  set: (part: Readonly<Record<string, string | undefined>>) => void;
} {
  const t = useT();
  const format = useFormat();
  const { badge } = usePortal();
  const { search, go } = usePortalPlace();
  const [choosing, setChoosing] = useState<Choosing | "days" | null>(null);
  const filter = filterOf(search);
  const choices = useChoices(records);
  const chosen: Record<Choosing, readonly string[]> = {
    clients: filter.clients,
    acting: filter.acting ? [filter.acting] : [],
    categories: filter.categories,
  };
  const set = (part: Readonly<Record<string, string | undefined>>) =>
    go("audit", { ...search, ...part }, { replace: true });
  const nameOf = (which: Choosing, id: string) =>
    choices[which].find((choice) => choice.id === id)?.name ?? shortId(id);
  const kinds = Object.keys(icons) as Choosing[];

  const days: Chip = {
    id: "days",
    label: t("audit.days"),
    value: `${format.date(`${filter.range.from}T12:00:00`)} – ${format.date(`${filter.range.to}T12:00:00`)}`,
    onEdit: () => setChoosing("days"),
    onClear: search.from || search.to ? () => set({ from: undefined, to: undefined }) : undefined,
  };
  const chips = kinds
    .filter((id) => chosen[id].length > 0)
    .map((id): Chip => {
      const [first = "", ...others] = chosen[id].map((value) => nameOf(id, value));
      return {
        id,
        label: t(`audit.by.${id}`),
        value: others.length > 0 ? t("filters.andMore", { first, count: others.length }) : first,
        onEdit: () => setChoosing(id),
        onClear: () => set({ [id]: undefined }),
      };
    });
  const additions = kinds
    .filter((id) => chosen[id].length === 0)
    .map((id): Addition => ({ id, label: t(`audit.by.${id}`), icon: icons[id], run: () => setChoosing(id) }));
  const close = () => setChoosing(null);
  const dialog =
    choosing === "days" ? (
      <DaysDialog range={filter.range} onApply={set} onClose={close} />
    ) : choosing ? (
      <ChooseDialog
        key={choosing}
        title={t(`audit.choose.${choosing}`)}
        scope={badge}
        choices={choices[choosing]}
        value={chosen[choosing]}
        single={choosing === "acting"}
        searchLabel={t(choosing === "acting" ? "audit.searchPeople" : "provider.searchClients")}
        onApply={(value) => set({ [choosing]: textOf(value) })}
        onClose={close}
      />
    ) : null;
  return { chips: [days, ...chips], additions, dialog, set };
}

const icons = {
  clients: <Building2 />,
  acting: <CircleUserRound />,
  categories: <Tags />,
} satisfies Record<Choosing, ReactNode>;

/** People are those of the provider, and whoever stands in the part of the log that is loaded. */
function useChoices(records: readonly AuditRecord[]): Record<Choosing, Choices> {
  const t = useT();
  const { providerId } = usePortal();
  const clients = useClients(providerId).data ?? [];
  const staff = useQuery({
    queryKey: ["provider", providerId, "users"],
    queryFn: ({ signal }) => api.staff.list(providerId, { signal }),
  });
  const people = new Map<string, { id: string; name: string; note?: string }>();
  for (const { userId, name, email } of staff.data ?? []) {
    if (userId) {
      people.set(userId, { id: userId, name: name || email, ...(name && { note: email }) });
    }
  }
  for (const { actingUserId, actingUserName, actingUserEmail, clientName } of records) {
    if (actingUserId && !people.has(actingUserId) && (actingUserName || actingUserEmail)) {
      const note = [actingUserName && actingUserEmail, clientName].filter(Boolean).join(" · ");
      people.set(actingUserId, {
        ...{ id: actingUserId, name: actingUserName ?? actingUserEmail ?? "" },
        ...(note && { note }),
      });
    }
  }
  return {
    clients: clients.map(({ id, organizationName }) => ({ id, name: organizationName })),
    acting: [...people.values()],
    categories: categories.map((id) => ({ id, name: t(`audit.category.${id}`) })),
  };
}
