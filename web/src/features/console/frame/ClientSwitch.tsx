import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useVault } from "@/app/hooks";
import type { OrgId, ProviderId } from "@/crypto/model/ids";
import { useClients, useTags } from "@/features/provider/data";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { type Command, CommandPalette } from "@/ui/CommandPalette";
import { useNarrow } from "@/ui/media";

type ClientSwitchProps = { providerId: ProviderId; organizationId: OrgId };
const shown = 50;

/** In a client's header: its tags, and the way to the same section of another client. */
export function ClientSwitch({ providerId, organizationId }: ClientSwitchProps) {
  const t = useT();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const find = useOthers(providerId, organizationId);
  return (
    <div className="flex min-w-0 shrink-0 items-center gap-3">
      {narrow ? null : <HeaderTags providerId={providerId} organizationId={organizationId} />}
      <Button size="sm" icon={<ArrowLeftRight className="size-4" />} onClick={() => setOpen(true)}>
        {narrow ? <span className="sr-only">{t("portal.switchClient")}</span> : t("portal.switchClient")}
      </Button>
      <CommandPalette
        open={open}
        onClose={() => setOpen(false)}
        label={t("portal.switchClient")}
        placeholder={t("provider.searchClients")}
        find={find}
      />
    </div>
  );
}

function useOthers(providerId: ProviderId, organizationId: OrgId): (query: string) => Command[] {
  const t = useT();
  const navigate = useNavigate();
  const { tab = "overview" } = useParams({ strict: false });
  const clients = useVault((state) => state.providerOrganizations);
  return (query) => {
    const wanted = query.trim().toLocaleLowerCase();
    return clients
      .filter(
        (client) =>
          client.providerId === providerId &&
          client.id !== organizationId &&
          client.name.toLocaleLowerCase().includes(wanted),
      )
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, shown)
      .map((client) => ({
        id: `switch-${client.id}`,
        group: t("shell.groupClients"),
        label: client.name,
        icon: <Avatar size="sm" seed={client.id} name={client.name} />,
        run: () =>
          void navigate({
            to: "/providers/$providerId/clients/$organizationId/$tab",
            params: { providerId, organizationId: client.id, tab },
            search: {},
          }),
      }));
  };
}

/** Each tag leads to the clients that have it. */
function HeaderTags({ providerId, organizationId }: ClientSwitchProps) {
  const clients = useClients(providerId).data;
  const tags = useTags(providerId).data;
  const mine = useMemo(() => {
    const link = clients?.find((client) => client.organizationId === organizationId)?.id;
    return link ? (tags ?? []).filter(({ clientIds }) => clientIds.includes(link)) : [];
  }, [clients, tags, organizationId]);
  return (
    <span className="flex max-w-80 flex-wrap justify-end gap-1">
      {mine.map(({ id, name }) => (
        <Link
          key={id}
          to="/providers/$providerId/$section"
          params={{ providerId, section: "clients" }}
          search={{ tags: id }}
          className="min-w-0 rounded-md hover:underline"
        >
          <Badge>{name}</Badge>
        </Link>
      ))}
    </span>
  );
}
