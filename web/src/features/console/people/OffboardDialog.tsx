import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { keys } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { PersonPicker } from "./PersonPicker";
import { nameOf } from "./people";
import { Reach } from "./Reach";
import { WhatBecomes } from "./WhatBecomes";

type OffboardDialogProps = {
  /** Absent when it has yet to be said who leaves. */
  member: Member | null;
  candidates: readonly Member[];
  onClose: () => void;
};

/** Somebody leaves: what they could reach, which items they may know, and then their access ends. */
export function OffboardDialog({ member, candidates, onClose }: OffboardDialogProps) {
  const t = useT();
  const { name, badge } = useConsole();
  const [chosen, setChosen] = useState(member);
  if (chosen) {
    return <Offboard member={chosen} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("console.offboard.who", { name })}
      footer={<Button onClick={onClose}>{t("common.cancel")}</Button>}
    >
      <PersonPicker people={candidates} onPick={setChosen} />
    </Dialog>
  );
}

export type Ending = "revoke" | "remove";

function Offboard({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT();
  const { organizationId, name, badge } = useConsole();
  const queries = useQueryClient();
  const [ending, setEnding] = useState<Ending>(member.status === -1 ? "remove" : "revoke");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState(false);
  const person = nameOf(member);
  const reach = useQuery({
    queryKey: ["reach", organizationId, member.id],
    queryFn: ({ signal }) => api.organizations.reach(organizationId, member.id, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

  async function finish() {
    setBusy(true);
    setError(undefined);
    try {
      const end = ending === "revoke" ? api.organizations.revokeMany : api.organizations.removeMany;
      const [answer] = await end(organizationId, [member.id]);
      if (answer?.error) {
        toast({ title: t("console.offboard.notDone", { person }), text: answer.error, mood: "bad" });
        setBusy(false);
        return;
      }
      await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
      setDone(true);
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      scope={badge}
      title={t("console.offboard.title", { person, name })}
      description={member.name ? member.email : undefined}
      footer={
        done ? (
          <Button look="primary" onClick={onClose}>
            {t("common.done")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="danger" pending={busy} onClick={() => void finish()}>
              {t(`console.offboard.${ending}Action`, { name })}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {error ? <Refusal error={error} /> : null}
        {done ? (
          <div role="status">
            <Callout mood="good" title={t(`console.offboard.${ending}Done`, { person, name })}>
              {reach.data && reach.data.items.length > 0 ? t("console.offboard.nowRotate") : null}
            </Callout>
          </div>
        ) : null}
        {reach.data ? (
          <Reach reach={reach.data} person={person} />
        ) : reach.isError ? (
          <ErrorState
            title={t("console.offboard.reachFailed", { person })}
            action={<Button onClick={() => void reach.refetch()}>{t("common.tryAgain")}</Button>}
          >
            {explain(reach.error, t)}
          </ErrorState>
        ) : (
          <SkeletonRows count={4} />
        )}
        {done ? null : <WhatBecomes member={member} value={ending} onChange={setEnding} />}
      </div>
    </Dialog>
  );
}
