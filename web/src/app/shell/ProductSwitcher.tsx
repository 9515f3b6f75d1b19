import { useNavigate, useParams } from "@tanstack/react-router";
import { ChevronsUpDown, Vault } from "lucide-react";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuItem, MenuNote } from "@/ui/Menu";
import { useVault } from "../hooks";
import { useProduct } from "./Rail";

/** The providers that this person works for, as far as they may be entered. */
export function useOpenProviders() {
  const providers = useVault((state) => state.providers);
  return providers.filter((provider) => provider.status === 2 && provider.enabled);
}

export function ProductSwitcher() {
  const t = useT();
  const navigate = useNavigate();
  const product = useProduct();
  const providers = useOpenProviders();
  const { providerId } = useParams({ strict: false });
  const current = providers.find((provider) => provider.id === providerId);
  const inProvider = product === "provider" && current;

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          title={t("shell.switchProduct")}
          className="flex h-11 w-full items-center gap-2.5 rounded-lg px-1.5 text-left hover:bg-hover"
        >
          {inProvider ? <Avatar seed={current.id} name={current.name} /> : <VaultTile />}
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-[18px] font-semibold">
              {inProvider ? current.name : t("shell.vault")}
            </span>
            {inProvider ? (
              <span className="block truncate text-xs text-muted">{t("shell.providerPortal")}</span>
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
      {providers.map((provider) => (
        <MenuItem
          key={provider.id}
          icon={<Avatar size="sm" seed={provider.id} name={provider.name} />}
          onClick={() =>
            void navigate({ to: "/providers/$providerId/clients", params: { providerId: provider.id } })
          }
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
