import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox } from "@/ui/Field";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { BatchProgress } from "../bulk/BatchProgress";
import { OutcomeRow } from "../bulk/OutcomeRow";
import { useBatch } from "../bulk/useBatch";
import { keys } from "../data";
import { useConsole } from "../scope";
import { confirmMany, type Identity, identify } from "./confirm";
import { nameOf } from "./people";

/** Confirms those whose phrases were compared, each one by itself. */
export function ConfirmManyDialog({ members, onClose }: { members: readonly Member[]; onClose: () => void }) {
  const t = useT();
  const scope = useConsole();
  const { organizationId, name, badge } = scope;
  const queries = useQueryClient();
  // The list behind goes on; this is about those who were chosen.
  const [chosen] = useState(members);
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set());
  const identities = useQuery({
    queryKey: ["member-keys", organizationId, chosen.map(({ id }) => id)],
    queryFn: () =>
      identify(
        organizationId,
        chosen.map(({ id }) => id),
      ),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const batch = useBatch<Identity>(async (some) => {
    const answers = await confirmMany(scope, some, t("client.myItems"));
    const errors = new Map<string, string>(answers.map(({ id, error }) => [id, error]));
    return new Map(
      some.flatMap((identity) => {
        const error = errors.get(identity.memberId);
        return error ? [[identity, error] as const] : [];
      }),
    );
  });
  const known = identities.data ?? [];
  const ready = known.filter(({ memberId }) => compared.has(memberId));
  const personOf = (identity: Identity) => {
    const member = chosen.find(({ id }) => id === identity.memberId);
    return member ? nameOf(member) : "";
  };

  async function confirm() {
    await batch.start(ready);
    await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
  }

  const running = batch.phase === "running";
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      running={batch.phase === "running"}
      scope={badge}
      title={t("console.confirmMany.title", { count: chosen.length })}
      description={batch.phase === "ready" ? t("console.confirmMany.text", { name }) : undefined}
      footer={
        batch.phase === "done" ? (
          <Button look="primary" onClick={onClose}>
            {t("common.done")}
          </Button>
        ) : running ? (
          <Button onClick={batch.cancel}>{t("console.bulk.stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="primary" disabled={ready.length === 0} onClick={() => void confirm()}>
              {t("console.confirmMany.action", { count: ready.length })}
            </Button>
          </>
        )
      }
    >
      {identities.isError ? (
        <ErrorState
          title={t("console.confirmMany.failed")}
          action={<Button onClick={() => void identities.refetch()}>{t("common.tryAgain")}</Button>}
        >
          {explain(identities.error, t)}
        </ErrorState>
      ) : identities.isPending ? (
        <SkeletonRows count={Math.min(6, chosen.length)} />
      ) : batch.phase === "ready" ? (
        <Phrases known={known} personOf={personOf} compared={compared} onChange={setCompared} />
      ) : (
        <div className="flex flex-col gap-4">
          <BatchProgress outcomes={batch.outcomes} />
          <ul className="divide-y divide-line rounded-lg border border-line">
            {[...batch.outcomes].map(([identity, outcome]) => (
              <OutcomeRow key={identity.memberId} name={personOf(identity)} outcome={outcome} />
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

type PhrasesProps = {
  known: readonly Identity[];
  personOf: (identity: Identity) => string;
  compared: ReadonlySet<string>;
  onChange: (compared: ReadonlySet<string>) => void;
};

/** The phrase of each person, to be ticked when it agrees with what the person reads out. */
function Phrases({ known, personOf, compared, onChange }: PhrasesProps) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {known.map((identity) => (
        <li key={identity.memberId} className="px-3 py-2.5">
          <Checkbox
            checked={compared.has(identity.memberId)}
            label={<span className="font-medium">{personOf(identity)}</span>}
            hint={<span className="font-mono break-words">{identity.phrase}</span>}
            onChange={(event) => {
              const next = new Set(compared);
              next[event.target.checked ? "add" : "delete"](identity.memberId);
              onChange(next);
            }}
          />
        </li>
      ))}
    </ul>
  );
}
