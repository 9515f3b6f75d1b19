import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StaffMember } from "@/api/staff";
import { api } from "@/app/services";
import { BatchProgress } from "@/features/console/bulk/BatchProgress";
import { OutcomeRow } from "@/features/console/bulk/OutcomeRow";
import { useBatch } from "@/features/console/bulk/useBatch";
import { nameOf } from "@/features/console/people/people";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { usePortal } from "../scope";
import { staffKeys } from "./data";

const requests = { resend: api.staff.reinviteMany, remove: api.staff.removeMany };

type ActDialogProps = { act: keyof typeof requests; people: readonly StaffMember[]; onClose: () => void };

/** One act on one or many people of the team: what follows from it, then how it went for each. */
export function ActDialog({ act, people, onClose }: ActDialogProps) {
  const t = useT();
  const { providerId, name, badge } = usePortal();
  const queries = useQueryClient();
  const [chosen] = useState(people);
  // Removing looks at the whole list: somebody must stay who administers.
  const batch = useBatch<StaffMember>(
    async (some) => {
      const ids = some.map(({ id }) => id);
      const answers = await requests[act](providerId, ids);
      const errors = new Map<string, string>(answers.map(({ id, error }) => [id, error]));
      return new Map(some.flatMap((one) => (errors.get(one.id) ? [[one, errors.get(one.id) ?? ""]] : [])));
    },
    act === "remove" ? 500 : 20,
  );
  const count = chosen.length;
  const [only] = chosen;
  const who = count === 1 && only ? nameOf(only) : t("client.peopleCount", { count });

  async function start() {
    await batch.start(chosen);
    await queries.invalidateQueries({ queryKey: staffKeys.team(providerId) });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      running={batch.phase === "running"}
      scope={badge}
      title={t(`console.bulk.${act}Title`, { who, name })}
      description={batch.phase === "ready" ? t(`staff.${act}Text`) : undefined}
      footer={
        batch.phase === "done" ? (
          <Button look="primary" onClick={onClose}>
            {t("common.done")}
          </Button>
        ) : batch.phase === "running" ? (
          <Button onClick={batch.cancel}>{t("console.bulk.stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look={act === "remove" ? "danger" : "primary"} onClick={() => void start()}>
              {t(`console.bulk.${act}Action`)}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {batch.phase === "ready" ? null : <BatchProgress outcomes={batch.outcomes} />}
        {count > 1 || batch.phase !== "ready" ? (
          <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
            {chosen.map((person) =>
              batch.phase === "ready" ? (
                <li key={person.id} className="truncate px-3 py-2">
                  {nameOf(person)}
                </li>
              ) : (
                <OutcomeRow key={person.id} name={nameOf(person)} outcome={batch.outcomes.get(person)} />
              ),
            )}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}
