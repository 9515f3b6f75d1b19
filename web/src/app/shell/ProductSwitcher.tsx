import { useNavigate, useParams } from "@tanstack/react-router";
import { ChevronsUpDown, Vault } from "lucide-react";
import { useMemo } from "react";
import { mayAdminister } from "@/features/console/rights";
import { mayEnter } from "@/features/provider/sections";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuItem, MenuNote } from "@/ui/Menu";
import { useVault } from "../hooks";
import { useProduct } from "./Rail";

/** The providers that this person works for, as far as they may be entered. */
export function useOpenProviders() {
  const providers = useVault((state) => state.providers);
  return useMemo(() => providers.filter(mayEnter), [providers]);
}

/** The organizations with something to administer. */
export function useOpenConsoles() {
  const organizations = useVault((state) => state.organizations);
  return useMemo(() => organizations.filter(mayAdminister), [organizations]);
}

export function ProductSwitcher() {
  const t = useT();
  const navigate = useNavigate();
  const product = useProduct();
  const providers = useOpenProviders();
  const consoles = useOpenConsoles();
  const { providerId, organizationId } = useParams({ strict: false });
  const current =
    product === "provider"
      ? providers.find((provider) => provider.id === providerId)
      : product === "console"
        ? consoles.find((organization) => organization.id === organizationId)
        : undefined;

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          title={t("shell.switchProduct")}
          className="flex h-11 w-full items-center gap-2.5 rounded-lg px-1.5 text-left hover:bg-hover"
        >
          {current ? <Avatar seed={current.id} name={current.name} /> : <VaultTile />}
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-[18px] font-semibold">
              {current ? current.name : t("shell.vault")}
            </span>
            {current ? (
              <span className="block truncate text-xs text-muted">
                {product === "provider" ? t("shell.providerPortal") : t("shell.adminConsole")}
              </span>
            ) : null}
          </span>
          <ChevronsUpDown className="size-4 text-muted" aria-hidden />
        </button>
      }
    >
      <MenuNote>{t("shell.products")}</MenuNote>
      <MenuItem icon={<Vault />} onClick={() => void navigate({ to: "/vault" })}>
        {t("shell.vault")}
      </MenuItem>
      {consoles.map((organization) => (
        <MenuItem
          key={organization.id}
          icon={<Avatar size="sm" seed={organization.id} name={organization.name} />}
          onClick={() =>
            void navigate({
              to: "/organizations/$organizationId/$section",
              params: { organizationId: organization.id, section: "overview" },
            })
          }
        >
          {t("shell.adminConsoleOf", { name: organization.name })}
        </MenuItem>
      ))}
      {providers.map((provider) => (
        <MenuItem
          key={provider.id}
          icon={<Avatar size="sm" seed={provider.id} name={provider.name} />}
          onClick={() => void navigate({ to: "/providers/$providerId", params: { providerId: provider.id } })}
        >
          {t("shell.providerPortalOf", { name: provider.name })}
        </MenuItem>
      ))}
    </Menu>
  );
}

function VaultTile() {
  return (
    <span className="flex size-8 items-center justify-center rounded-lg bg-accent text-white">
      <Vault className="size-[18px]" aria-hidden />
    </span>
  );
}
