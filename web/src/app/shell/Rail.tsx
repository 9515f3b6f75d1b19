import { Link, useMatches } from "@tanstack/react-router";
import { KeyRound, Search, Send, Settings2 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useT } from "@/i18n";
import { consoleArea } from "../consoleArea";
import { portalArea } from "../portalArea";
import { AccountMenu } from "./AccountMenu";
import { ProductSwitcher } from "./ProductSwitcher";

const VaultNav = lazy(() => import("@/features/vault").then((module) => ({ default: module.VaultNav })));
const ConsoleNav = lazy(() => consoleArea().then((area) => ({ default: area.ConsoleNav })));
const PortalNav = lazy(() => portalArea().then((area) => ({ default: area.PortalNav })));

/** Which product is open. Settings and the generator belong to the vault. */
export function useProduct(): "vault" | "provider" | "console" {
  return useMatches({
    select: (matches) => {
      const inside = (path: string) => matches.some((match) => match.fullPath.startsWith(path));
      return inside("/providers/") ? "provider" : inside("/organizations/") ? "console" : "vault";
    },
  });
}

export function Rail({ onSearch }: { onSearch: () => void }) {
  const t = useT();
  const product = useProduct();
  return (
    <div className="flex w-60 shrink-0 flex-col border-r border-line bg-surface">
      <div className="p-2.5 pb-1">
        <ProductSwitcher />
        <button
          type="button"
          onClick={onSearch}
          className="mt-2 flex h-8 w-full items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-sm text-muted hover:bg-hover"
        >
          <Search className="size-4" aria-hidden />
          <span className="flex-1 truncate text-left">{t("shell.palette")}</span>
          <kbd className="rounded border border-line px-1 font-sans text-[11px]">Ctrl K</kbd>
        </button>
      </div>
      <nav aria-label={t("shell.navigation")} className="min-h-0 flex-1 overflow-y-auto px-2.5 py-1.5">
        {product === "vault" ? (
          <>
            <Suspense>
              <VaultNav />
            </Suspense>
            <hr className="my-2 border-line" />
            <RailLink to="/sends" icon={<Send />} label={t("vault.sends")} />
            <RailLink to="/generator" icon={<KeyRound />} label={t("shell.generator")} />
            <RailLink to="/settings/profile" icon={<Settings2 />} label={t("shell.settings")} />
          </>
        ) : product === "console" ? (
          <Suspense>
            <ConsoleNav linkClass={linkClass} />
          </Suspense>
        ) : (
          <Suspense>
            <PortalNav linkClass={linkClass} />
          </Suspense>
        )}
      </nav>
      <div className="border-t border-line p-2.5">
        <AccountMenu />
      </div>
    </div>
  );
}

const linkClass =
  "flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-text hover:bg-hover [&>svg]:size-4 [&>svg]:text-muted " +
  "data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-text " +
  "data-[status=active]:[&>svg]:text-accent-text";

function RailLink({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  const active = useMatches({
    select: (matches) => matches.some((match) => match.pathname.split("/")[1] === to.split("/")[1]),
  });
  return (
    <Link to={to} data-status={active ? "active" : undefined} className={linkClass}>
      {icon}
      {label}
    </Link>
  );
}
