import { Link } from "@tanstack/react-router";
import { Building2, KeyRound, Vault } from "lucide-react";
import { useT } from "@/i18n";
import { AccountMenu } from "./AccountMenu";
import { useOpenProviders } from "./ProductSwitcher";

const linkClass =
  "flex flex-1 flex-col items-center gap-0.5 rounded-lg py-1 text-xs text-muted [&>svg]:size-5 " +
  "data-[status=active]:font-medium data-[status=active]:text-accent-text";

/** The rail at phone width. */
export function BottomBar() {
  const t = useT();
  const [provider] = useOpenProviders();
  return (
    <nav
      aria-label={t("shell.navigation")}
      className="flex items-stretch border-t border-line bg-surface px-1 py-1 pb-[max(0.25rem,env(safe-area-inset-bottom))]"
    >
      <Link to="/vault" className={linkClass}>
        <Vault aria-hidden />
        {t("shell.vault")}
      </Link>
      {provider ? (
        <Link to="/providers/$providerId/clients" params={{ providerId: provider.id }} className={linkClass}>
          <Building2 aria-hidden />
          {t("shell.clients")}
        </Link>
      ) : null}
      <Link to="/generator" className={linkClass}>
        <KeyRound aria-hidden />
        {t("shell.generator")}
      </Link>
      <AccountMenu compact />
    </nav>
  );
}
