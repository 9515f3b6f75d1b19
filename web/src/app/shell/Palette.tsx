import { useNavigate } from "@tanstack/react-router";
import {
  Building2,
  KeyRound,
  Lock,
  LogOut,
  Plus,
  RefreshCw,
  Send,
  Settings,
  Settings2,
  Vault,
} from "lucide-react";
import { useMemo, useState } from "react";
import { useConsoleCommands } from "@/features/console/commands";
import { usePortalCommands } from "@/features/provider/commands";
import { usePeopleOfClients } from "@/features/provider/peopleCommands";
import { ItemIcon, searchItems } from "@/features/vault";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { type Command, CommandPalette } from "@/ui/CommandPalette";
import { useVault } from "../hooks";
import { session, vault } from "../services";
import { useOpenConsoles, useOpenProviders } from "./ProductSwitcher";

const shownItems = 8;
const shownClients = 6;
const shownPeople = 6;

/** Jumps to any client, person, item or act. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const acts = useActs();
  const clients = useClients();
  const items = useItems();
  const here = useConsoleCommands();
  const portal = usePortalCommands();
  const [typed, setTyped] = useState("");
  const everywhere = usePeopleOfClients(open ? typed : "");

  function find(query: string): Command[] {
    const wanted = query.trim().toLocaleLowerCase();
    const named = ({ label, note }: Command) => `${label} ${note ?? ""}`.toLocaleLowerCase().includes(wanted);
    if (!wanted) {
      return [...here.sections, ...portal, ...clients.slice(0, shownClients), ...acts];
    }
    const elsewhere = everywhere(query);
    return [
      ...here.sections.filter(named),
      ...portal.filter(named),
      ...here.people.filter(named).slice(0, shownPeople),
      ...clients.filter(named).slice(0, shownClients),
      ...elsewhere.people,
      ...items(query),
      ...acts.filter(named),
      ...elsewhere.search,
    ];
  }

  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      label={t("shell.palette")}
      placeholder={t("shell.palettePlaceholder")}
      find={find}
      onQuery={setTyped}
    />
  );
}

function useClients(): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const clients = useVault((state) => state.providerOrganizations);
  return useMemo(
    () =>
      clients.map((client) => ({
        id: `client-${client.id}`,
        group: t("shell.groupClients"),
        label: client.name,
        note: client.providerName ?? "",
        icon: <Avatar size="sm" seed={client.id} name={client.name} />,
        run: () =>
          void navigate({
            to: "/providers/$providerId/clients/$organizationId/$tab",
            params: { providerId: client.providerId, organizationId: client.id, tab: "overview" },
          }),
      })),
    [clients, navigate, t],
  );
}

function useItems() {
  const t = useT();
  const navigate = useNavigate();
  const items = useVault((state) => state.items);
  return (query: string): Command[] =>
    searchItems(items, query)
      .filter((item) => !item.deletedDate)
      .slice(0, shownItems)
      .map((item) => ({
        id: `item-${item.id}`,
        group: t("shell.groupItems"),
        label: item.name,
        note: item.subtitle,
        icon: <ItemIcon type={item.type} bare />,
        run: () => void navigate({ to: "/vault", search: { view: "all", item: item.id } }),
      }));
}

function useActs(): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const providers = useOpenProviders();
  const consoles = useOpenConsoles();
  return useMemo(() => {
    const go = t("shell.groupGo");
    const act = t("shell.groupActs");
    return [
      {
        id: "vault",
        group: go,
        label: t("shell.vault"),
        icon: <Vault />,
        run: () => void navigate({ to: "/vault" }),
      },
      ...consoles.map((organization) => ({
        id: `console-${organization.id}`,
        group: go,
        label: t("shell.adminConsoleOf", { name: organization.name }),
        icon: <Settings />,
        run: () =>
          void navigate({
            to: "/organizations/$organizationId/$section",
            params: { organizationId: organization.id, section: "overview" },
          }),
      })),
      ...providers.map((provider) => ({
        id: `provider-${provider.id}`,
        group: go,
        label: t("shell.providerPortalOf", { name: provider.name }),
        icon: <Building2 />,
        run: () => void navigate({ to: "/providers/$providerId", params: { providerId: provider.id } }),
      })),
      {
        id: "sends",
        group: go,
        label: t("vault.sends"),
        icon: <Send />,
        run: () => void navigate({ to: "/sends" }),
      },
      {
        id: "generator",
        group: go,
        label: t("shell.generator"),
        icon: <KeyRound />,
        run: () => void navigate({ to: "/generator" }),
      },
      {
        id: "settings",
        group: go,
        label: t("shell.settings"),
        icon: <Settings2 />,
        run: () => void navigate({ to: "/settings/$section", params: { section: "profile" } }),
      },
      {
        id: "new",
        group: act,
        label: t("shell.newItem"),
        icon: <Plus />,
        run: () => void navigate({ to: "/vault", search: { mode: "new-login" } }),
      },
      {
        id: "new-send",
        group: act,
        label: t("vault.newSend"),
        icon: <Send />,
        run: () => void navigate({ to: "/sends", search: { act: "new" } }),
      },
      { id: "sync", group: act, label: t("shell.sync"), icon: <RefreshCw />, run: () => void vault.sync() },
      { id: "lock", group: act, label: t("shell.lock"), icon: <Lock />, run: () => session.lock("user") },
      {
        id: "logout",
        group: act,
        label: t("shell.logout"),
        icon: <LogOut />,
        run: () => void session.logout("user"),
      },
    ];
  }, [navigate, consoles, providers, t]);
}
