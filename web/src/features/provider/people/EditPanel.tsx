import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProviderUserType } from "@/api";
import type { StaffMember, StaffReach } from "@/api/staff";
import { api } from "@/app/services";
import { Refusal } from "@/features/console/frame/Refusal";
import { nameOf } from "@/features/console/people/people";
import { StatusBadge } from "@/features/console/people/StatusBadge";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { PanelForm, SidePanel } from "@/ui/Dialog";
import { toast } from "@/ui/Toast";
import { PortalLink } from "../place";
import { usePortal } from "../scope";
import { sectionsFor } from "../sections";
import { staffKeys } from "./data";
import { isOver, withoutEnded } from "./model";
import { ReachFields } from "./ReachFields";
import { RoleFields } from "./RoleFields";

type EditPanelProps = { person: StaffMember; self: boolean; onOffboard: () => void; onClose: () => void };

/** Role and reach of one person, beside the list. */
export function EditPanel({ person, self, onOffboard, onClose }: EditPanelProps) {
  const t = useT();
  const queries = useQueryClient();
  const { providerId, provider, name, badge } = usePortal();
  const [type, setType] = useState<ProviderUserType>(person.type);
  // What is over is no part of the form: saving would give it again.
  const [start] = useState<StaffReach>(() => withoutEnded(person, new Date()));
  const [reach, setReach] = useState(start);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const changed = useChanged({ type, reach });
  const overdue = type === 1 && isOver(reach.until, new Date());
  const logged = person.status === 2 && sectionsFor(provider).some(({ id }) => id === "audit");

  async function save() {
    setBusy(true);
    setError(undefined);
    try {
      if (type !== person.type) {
        await api.staff.setType(providerId, person.id, type, type === 1 ? reach : undefined);
      } else {
        await api.staff.setReach(providerId, person.id, reach);
      }
      toast({ title: t("staff.saved", { person: nameOf(person), name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    } finally {
      await queries.invalidateQueries({ queryKey: staffKeys.team(providerId) });
    }
  }

  return (
    <SidePanel open onClose={onClose} scope={badge} title={nameOf(person)}>
      <PanelForm
        changed={changed}
        footer={
          <>
            {self ? null : (
              <Button look="ghost" className="mr-auto !text-bad" onClick={onOffboard}>
                {t(person.userId ? "staff.offboard" : "staff.remove")}
              </Button>
            )}
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="primary" pending={busy} disabled={!changed || overdue} onClick={() => void save()}>
              {t("common.save")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-5 p-5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
            <StatusBadge status={person.status} />
            <span className="wrap-anywhere">{person.email}</span>
            {logged && person.userId ? (
              <PortalLink
                section="audit"
                search={{ acting: person.userId }}
                className="text-accent-text hover:underline"
              >
                {t("staff.log")}
              </PortalLink>
            ) : null}
          </div>
          {error ? <Refusal error={error} /> : null}
          <RoleFields value={type} onChange={setType} locked={self ? t("staff.ownRole") : undefined} />
          {type === 1 ? (
            <ReachFields value={reach} onChange={setReach} />
          ) : (
            <Callout>{t("staff.adminsReachAll")}</Callout>
          )}
        </div>
      </PanelForm>
    </SidePanel>
  );
}
