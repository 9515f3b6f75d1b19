import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StaffMember } from "@/api/staff";
import { explain } from "@/app/errors";
import { BatchProgress } from "@/features/console/bulk/BatchProgress";
import { OutcomeRow } from "@/features/console/bulk/OutcomeRow";
import { useBatch } from "@/features/console/bulk/useBatch";
import { nameOf } from "@/features/console/people/people";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox } from "@/ui/Field";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { usePortal } from "../scope";
import { confirmMany, type Identity, identify } from "./confirm";
import { staffKeys } from "./data";

type ConfirmDialogProps = { people: readonly StaffMember[]; onClose: () => void };

/** The moment at which people get the provider's key, and with it those of clients: each phrase is compared first. */
export function ConfirmDialog({ people, onClose }: ConfirmDialogProps) {
  const t = useT();
  const { providerId, name, badge } = usePortal();
  const queries = useQueryClient();
  // The list behind goes on; this is about those who were chosen.
  const [chosen] = useState(people);
  const [only] = chosen.length === 1 ? chosen : [];
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set());
  const identities = useQuery({
    queryKey: ["staff-keys", providerId, chosen.map(({ id }) => id)],
    queryFn: () =>
      identify(
        providerId,
        chosen.map(({ id }) => id),
      ),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const batch = useBatch<Identity>(async (some) => {
    const answers = await confirmMany(providerId, some);
    const errors = new Map<string, string>(answers.map(({ id, error }) => [id, error]));
    return new Map(
      some.flatMap((one) => (errors.get(one.staffId) ? [[one, errors.get(one.staffId) ?? ""]] : [])),
    );
  });
  const known = identities.data ?? [];
  const ready = only ? known : known.filter(({ staffId }) => compared.has(staffId));
  const personOf = ({ staffId }: Identity) => {
    const person = chosen.find(({ id }) => id === staffId);
    return person ? nameOf(person) : "";
  };

  async function confirm() {
    await batch.start(ready);
    await queries.invalidateQueries({ queryKey: staffKeys.team(providerId) });
  }

  const running = batch.phase === "running";
  return (
    <Dialog
      open
      wide={!only}
      onClose={onClose}
      running={batch.phase === "running"}
      scope={badge}
      title={
        only
          ? t("client.confirmTitle", { person: nameOf(only) })
          : t("console.confirmMany.title", { count: chosen.length })
      }
      description={
        batch.phase === "ready"
          ? only
            ? t("staff.confirmOne", { email: only.email, name })
            : t("staff.confirmMany", { name })
          : undefined
      }
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
              {only
                ? t("client.confirmAction", { name })
                : t("console.confirmMany.action", { count: ready.length })}
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
      ) : batch.phase !== "ready" ? (
        <div className="flex flex-col gap-4">
          <BatchProgress outcomes={batch.outcomes} />
          <ul className="divide-y divide-line rounded-lg border border-line">
            {[...batch.outcomes].map(([identity, outcome]) => (
              <OutcomeRow key={identity.staffId} name={personOf(identity)} outcome={outcome} />
            ))}
          </ul>
        </div>
      ) : known.length === 0 ? (
        <p className="text-muted">{t("staff.nobodyToConfirm")}</p>
      ) : only && known[0] ? (
        <OnePhrase identity={known[0]} />
      ) : (
        <Phrases known={known} personOf={personOf} compared={compared} onChange={setCompared} />
      )}
    </Dialog>
  );
}

function OnePhrase({ identity }: { identity: Identity }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      <div className="rounded-xl border border-line bg-surface p-4">
        <div className="mb-1.5 text-xs text-muted">{t("client.phrase")}</div>
        <output className="font-mono text-md break-words">{identity.phrase}</output>
      </div>
      <p className="text-sm text-muted">{t("client.phraseText")}</p>
    </div>
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
        <li key={identity.staffId} className="px-3 py-2.5">
          <Checkbox
            checked={compared.has(identity.staffId)}
            label={<span className="font-medium">{personOf(identity)}</span>}
            hint={<span className="font-mono break-words">{identity.phrase}</span>}
            onChange={(event) => {
              const next = new Set(compared);
              next[event.target.checked ? "add" : "delete"](identity.staffId);
              onChange(next);
            }}
          />
        </li>
      ))}
    </ul>
  );
}
