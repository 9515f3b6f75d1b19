import { useNavigate, useSearch } from "@tanstack/react-router";
import { Archive, Plus, Star, Trash2, Vault as VaultIcon } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useVault } from "@/app/hooks";
import { vault } from "@/app/services";
import { usePageTitle } from "@/app/title";
import { RulesBar } from "@/features/membership";
import { type T, useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { useNarrow } from "@/ui/media";
import { EmptyState } from "@/ui/States";
import { inView, parseView, type VaultView } from "./model/filter";
import { type ItemScope, ScopeProvider } from "./scope";
import { VaultNav } from "./VaultNav";
import { type Place, Workbench } from "./Workbench";

export function VaultPage() {
  const t = useT();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/vault" });
  const scope = useOwnScope();
  const items = useVault((state) => state.items);
  const view = useMemo(() => parseView(search.view), [search.view]);
  const shown = useMemo(() => items.filter((item) => inView(item, view)), [items, view]);
  const [filtering, setFiltering] = useState(false);
  const { label, badge } = useViewName(view);
  usePageTitle(t("shell.vault"));

  function go(place: Place) {
    const next = { view: search.view, ...place };
    void navigate({ to: "/vault", search: next, replace: Boolean(search.item && place.item) });
  }

  return (
    <ScopeProvider scope={scope}>
      <RulesBar />
      <Workbench
        title={
          <span className="flex items-center gap-2">
            {badge}
            <span className="truncate">{label}</span>
          </span>
        }
        label={label}
        items={shown}
        view={view}
        place={search}
        onGo={go}
        canCreate={view.kind !== "trash"}
        empty={(create) => <Empty view={view} t={t} onCreate={create} />}
        {...(narrow && { onFilter: () => setFiltering(true) })}
      />
      <SidePanel open={filtering} onClose={() => setFiltering(false)} title={t("vault.filter")}>
        <div className="p-3">
          <VaultNav onChosen={() => setFiltering(false)} />
        </div>
      </SidePanel>
    </ScopeProvider>
  );
}

function useOwnScope(): ItemScope {
  const folders = useVault((state) => state.folders);
  const collections = useVault((state) => state.collections);
  const organizations = useVault((state) => state.organizations);
  return useMemo(() => {
    const names = new Map(organizations.map((organization) => [organization.id, organization.name]));
    return {
      store: vault,
      kind: "own",
      organizationId: null,
      folders,
      collections,
      organizationName: (id) => names.get(id) ?? "",
      badge: null,
    };
  }, [folders, collections, organizations]);
}

function useViewName(view: VaultView): { label: string; badge: ReactNode } {
  const t = useT();
  const folders = useVault((state) => state.folders);
  const collections = useVault((state) => state.collections);
  const organizations = useVault((state) => state.organizations);
  const badgeOf = (id: string | undefined) => {
    const organization = organizations.find((candidate) => candidate.id === id);
    return organization ? <Avatar size="sm" seed={organization.id} name={organization.name} /> : null;
  };
  switch (view.kind) {
    case "type":
      return { label: t(`vault.type.${view.type}`), badge: null };
    case "folder":
      return {
        label: folders.find((folder) => folder.id === view.id)?.name ?? t("vault.noFolder"),
        badge: null,
      };
    case "organization":
      return {
        label: organizations.find((organization) => organization.id === view.id)?.name ?? "",
        badge: badgeOf(view.id),
      };
    case "collection": {
      const collection = collections.find((candidate) => candidate.id === view.id);
      return { label: collection?.name ?? "", badge: badgeOf(collection?.organizationId) };
    }
    default:
      return { label: t(`vault.view.${view.kind}`), badge: null };
  }
}

function Empty({ view, t, onCreate }: { view: VaultView; t: T; onCreate: () => void }) {
  switch (view.kind) {
    case "trash":
      return (
        <EmptyState icon={<Trash2 />} title={t("vault.empty.trash")}>
          {t("vault.empty.trashText")}
        </EmptyState>
      );
    case "archive":
      return (
        <EmptyState icon={<Archive />} title={t("vault.empty.archive")}>
          {t("vault.empty.archiveText")}
        </EmptyState>
      );
    case "favorites":
      return (
        <EmptyState icon={<Star />} title={t("vault.empty.favorites")}>
          {t("vault.empty.favoritesText")}
        </EmptyState>
      );
    default:
      return (
        <EmptyState
          icon={<VaultIcon />}
          title={t("vault.empty.all")}
          action={
            <Button look="primary" icon={<Plus className="size-4" />} onClick={onCreate}>
              {t("vault.empty.action")}
            </Button>
          }
        >
          {t("vault.empty.allText")}
        </EmptyState>
      );
  }
}
