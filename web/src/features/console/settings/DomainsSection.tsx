import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Globe, Plus } from "lucide-react";
import { useState } from "react";
import type { OrganizationDomain } from "@/api";
import { explain, handleError } from "@/app/errors";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge, Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Skeleton } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { keys } from "../data";
import { useConsole } from "../scope";
import { AddDomainDialog } from "./AddDomainDialog";
import { RemoveDomainDialog } from "./RemoveDomainDialog";

/** Domains that the organization has proved to be its own, or is about to. */
export function DomainsSection() {
  const t = useT();
  const queries = useQueryClient();
  const { organizationId } = useConsole();
  const queryKey = [...keys.organization(organizationId), "domains"];
  const domains = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.administration.domains(organizationId, { signal }),
    staleTime: 0,
  });
  const [adding, setAdding] = useState(false);

  async function changed() {
    await queries.invalidateQueries({ queryKey: keys.organization(organizationId) });
  }

  return (
    <Group title={t("domains.title")} text={t("domains.text")}>
      <div className="flex flex-col gap-4">
        {domains.isPending ? (
          <Skeleton className="h-16" />
        ) : domains.isError ? (
          <div role="alert">
            <Callout
              mood="bad"
              title={t("domains.failed")}
              action={
                <Button size="sm" onClick={() => void domains.refetch()}>
                  {t("common.tryAgain")}
                </Button>
              }
            >
              {explain(domains.error, t)}
            </Callout>
          </div>
        ) : domains.data.length === 0 ? (
          <p className="text-muted">{t("domains.none")}</p>
        ) : (
          <ul className="divide-y divide-line rounded-xl border border-line">
            {domains.data.map((domain) => (
              <Domain key={domain.id} domain={domain} onChanged={changed} />
            ))}
          </ul>
        )}
        <Button className="self-start" icon={<Plus className="size-4" />} onClick={() => setAdding(true)}>
          {t("domains.add")}
        </Button>
      </div>
      {adding ? <AddDomainDialog onAdded={changed} onClose={() => setAdding(false)} /> : null}
    </Group>
  );
}

function Domain({ domain, onChanged }: { domain: OrganizationDomain; onChanged: () => Promise<void> }) {
  const t = useT();
  const format = useFormat();
  const { organizationId } = useConsole();
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const claimed = domain.verifiedDate !== null;

  async function verify() {
    setBusy(true);
    try {
      const after = await api.administration.verifyDomain(organizationId, domain.id);
      await onChanged();
      toast(
        after.verifiedDate
          ? { title: t("domains.verified", { domain: domain.domainName }) }
          : { title: t("domains.notYet", { domain: domain.domainName }), mood: "bad" },
      );
    } catch (error) {
      handleError(error, t("domains.verifyFailed"));
      await onChanged();
    } finally {
      setBusy(false);
    }
  }

  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <Globe className="size-4 text-muted" aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium">{domain.domainName}</span>
        <Badge mood={claimed ? "good" : "warn"}>{t(claimed ? "domains.claimed" : "domains.pending")}</Badge>
        {claimed ? null : (
          <Button size="sm" pending={busy} onClick={() => void verify()}>
            {t("domains.verify")}
          </Button>
        )}
        <Button size="sm" className="text-bad" onClick={() => setRemoving(true)}>
          {t("common.remove")}
        </Button>
      </div>
      {claimed ? null : (
        <div className="text-sm">
          <p className="text-muted">{t("domains.record")}</p>
          <div className="flex items-center gap-1">
            <code className="min-w-0 flex-1 font-mono break-all">{domain.txt}</code>
            <CopyButton open value={domain.txt} label={t("domains.copy")} />
          </div>
        </div>
      )}
      <p className="text-sm text-muted">
        {domain.verifiedDate
          ? t("domains.since", { date: format.date(domain.verifiedDate) })
          : domain.lastCheckedDate
            ? t("domains.checked", { when: format.ago(domain.lastCheckedDate) })
            : t("domains.unchecked")}
      </p>
      {removing ? (
        <RemoveDomainDialog domain={domain} onRemoved={onChanged} onClose={() => setRemoving(false)} />
      ) : null}
    </li>
  );
}
