import { Link, useNavigate } from "@tanstack/react-router";
import { Building2, KeyRound, Send, Settings, Vault } from "lucide-react";
import { home } from "@/features/provider/home";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuItem } from "@/ui/Menu";
import { AccountMenu } from "./AccountMenu";
import { useOpenConsoles, useOpenProviders } from "./ProductSwitcher";
import { useProduct } from "./Rail";

const linkClass =
  "flex flex-1 flex-col items-center gap-0.5 rounded-lg py-1 text-xs text-muted [&>svg]:size-5 " +
  "data-[status=active]:font-medium data-[status=active]:text-accent-text";

/** The rail at phone width. */
export function BottomBar() {
  const t = useT();
  const [provider] = useOpenProviders();
  const product = useProduct();
  return (
    <nav
      aria-label={t("shell.navigation")}
      className="flex items-stretch border-t border-line bg-surface px-1 py-1 pb-[max(0.25rem,env(safe-area-inset-bottom))]"
    >
      <Link to="/vault" className={linkClass}>
        <Vault aria-hidden />
        {t("shell.vault")}
      </Link>
      <Consoles />
      {provider ? (
        <Link
          to="/providers/$providerId/$section"
          params={{ providerId: provider.id, section: home }}
          data-status={product === "provider" ? "active" : undefined}
          className={linkClass}
        >
          <Building2 aria-hidden />
          {t("shell.clients")}
        </Link>
      ) : null}
      <Link to="/sends" className={linkClass}>
        <Send aria-hidden />
        {t("vault.sends")}
      </Link>
      <Link to="/generator" className={linkClass}>
        <KeyRound aria-hidden />
        {t("shell.generator")}
      </Link>
      <AccountMenu compact />
    </nav>
  );
}

/** The one organization to administer, or the choice between several. */
function Consoles() {
  const t = useT();
  const navigate = useNavigate();
  const consoles = useOpenConsoles();
  const open = useProduct() === "console";
  const [first] = consoles;
  const face = (
    <>
      <Settings aria-hidden />
      {t("shell.admin")}
    </>
  );
  if (!first) {
    return null;
  }
  if (consoles.length === 1) {
    return (
      <Link
        to="/organizations/$organizationId/$section"
        params={{ organizationId: first.id, section: "overview" }}
        aria-label={t("shell.adminConsoleOf", { name: first.name })}
        data-status={open ? "active" : undefined}
        className={linkClass}
      >
        {face}
      </Link>
    );
  }
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button type="button" data-status={open ? "active" : undefined} className={linkClass}>
          {face}
        </button>
      }
    >
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
    </Menu>
  );
}
