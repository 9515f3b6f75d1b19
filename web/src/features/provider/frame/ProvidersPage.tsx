import { Link, Navigate } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { useVault } from "@/app/hooks";
import { PageHeader } from "@/app/shell/PageHeader";
import { usePageTitle } from "@/app/title";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { EmptyState } from "@/ui/States";
import { isAdmin, mayEnter } from "../sections";

/** The providers that one works for; with only one, there is nothing to choose. */
export function ProvidersPage() {
  const t = useT();
  const all = useVault((state) => state.providers);
  const providers = useMemo(() => all.filter(mayEnter), [all]);
  const [only] = providers;
  usePageTitle(t("shell.providerPortal"));
  if (!only) {
    return <EmptyState title={t("portal.noneTitle")}>{t("portal.goneText")}</EmptyState>;
  }
  if (providers.length === 1) {
    return <Navigate to="/providers/$providerId" params={{ providerId: only.id }} replace />;
  }
  return (
    <>
      <PageHeader title={t("portal.choose")} />
      <ul className="mx-auto flex w-full max-w-xl flex-col gap-2 p-4 sm:p-6">
        {providers.map((provider) => (
          <li key={provider.id}>
            <Link
              to="/providers/$providerId"
              params={{ providerId: provider.id }}
              className="flex items-center gap-3 rounded-xl border border-line p-3.5 hover:bg-hover"
            >
              <Avatar size="lg" seed={provider.id} name={provider.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{provider.name}</span>
                <span className="block text-sm text-muted">
                  {t(isAdmin(provider) ? "clients.handover.admin" : "clients.handover.user")}
                </span>
              </span>
              {provider.enabled ? null : <Badge mood="warn">{t("clients.suspended")}</Badge>}
              <ChevronRight className="size-4 text-muted" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
