import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { PanelForm, SidePanel } from "@/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { keys } from "../data";
import { MemberEventsDialog } from "../events/LogDialogs";
import { Refusal } from "../frame/Refusal";
import { roles } from "../rights";
import { useConsole } from "../scope";
import { sectionsFor } from "../sections";
import { type MemberDraft, MemberForm, type MemberTab } from "./MemberForm";
import { nameOf } from "./people";
import { StatusBadge } from "./StatusBadge";

type MemberPanelProps = {
  member: Member;
  tab: MemberTab;
  self: boolean;
  onOffboard: () => void;
  onClose: () => void;
};

/** Role, groups and collections of one person, beside the list. */
export function MemberPanel(props: MemberPanelProps) {
  const { member, onClose } = props;
  const t = useT();
  const { organizationId, badge } = useConsole();
  const current = useQuery({
    queryKey: ["member", organizationId, member.id],
    queryFn: ({ signal }) => api.organizations.member(organizationId, member.id, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <SidePanel open onClose={onClose} scope={badge} title={nameOf(member)}>
      {current.data ? (
        // What was loaded anew is a form of its own.
        <Loaded
          key={current.dataUpdatedAt}
          {...props}
          current={current.data}
          onReload={() => void current.refetch()}
        />
      ) : current.isError ? (
        <ErrorState
          title={t("console.people.oneFailed")}
          action={<Button onClick={() => void current.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(current.error, t)}
        </ErrorState>
      ) : (
        <SkeletonRows count={6} />
      )}
    </SidePanel>
  );
}

type LoadedProps = MemberPanelProps & { current: Member; onReload: () => void };

function Loaded({ member, current, tab, self, onOffboard, onClose, onReload }: LoadedProps) {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const { organizationId, name, rights } = useConsole();
  const [draft, setDraft] = useState<MemberDraft>({
    type: current.type,
    permissions: current.permissions ?? {},
    groups: current.groups ?? [],
    collections: current.collections ?? [],
  });
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const changed = useChanged(draft);
  const person = nameOf(member);
  const may = rights.mayHandle(current.type);

  async function save() {
    setBusy(true);
    setError(undefined);
    try {
      await api.organizations.updateMember(organizationId, member.id, {
        type: draft.type,
        ...(draft.type === roles.custom && { permissions: draft.permissions }),
        groups: draft.groups,
        collections: draft.collections,
        lastKnownRevisionDate: current.revisionDate,
      });
      await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
      toast({ title: t("console.people.saved", { person, name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  return (
    <PanelForm
      changed={changed}
      footer={
        may ? (
          <>
            {self ? null : (
              <Button look="ghost" className="mr-auto text-bad" onClick={onOffboard}>
                {t("console.act.offboard")}
              </Button>
            )}
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="primary" pending={busy} onClick={() => void save()}>
              {t("common.save")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{t("ui.close")}</Button>
        )
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <StatusBadge status={current.status} />
          <span>{current.email}</span>
          {current.creationDate ? (
            <span>{t("console.people.since", { date: format.date(current.creationDate) })}</span>
          ) : null}
          {current.externalId ? (
            <Badge>{t("console.people.externalId", { id: current.externalId })}</Badge>
          ) : null}
        </div>
        <EventsButton member={current} person={person} />
        {error ? <Refusal error={error} onReload={onReload} /> : null}
        {may ? (
          <MemberForm value={draft} onChange={setDraft} initialTab={tab} self={self} />
        ) : (
          <p className="text-muted">
            {t("console.people.above", { role: t(`client.roles.${current.type}`) })}
          </p>
        )}
      </div>
    </PanelForm>
  );
}

/** What the person did, without leaving the panel; for those who may read the log. */
function EventsButton({ member, person }: { member: Member; person: string }) {
  const t = useT();
  const { rights, summary } = useConsole();
  const [open, setOpen] = useState(false);
  if (member.status !== 2 || !sectionsFor(rights, summary).some(({ id }) => id === "events")) {
    return null;
  }
  return (
    <>
      <Button
        size="sm"
        className="self-start"
        icon={<ScrollText className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t("console.people.events")}
      </Button>
      {open ? <MemberEventsDialog id={member.id} name={person} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
