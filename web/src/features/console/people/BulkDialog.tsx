import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BulkResult, Member } from "@/api";
import { api } from "@/app/services";
import type { MemberId, OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { BatchProgress } from "../bulk/BatchProgress";
import { OutcomeRow } from "../bulk/OutcomeRow";
import { useBatch } from "../bulk/useBatch";
import { keys, useGroups } from "../data";
import { useConsole } from "../scope";
import { type MemberAct, nameOf, reachedCollections } from "./people";

export type BulkAct = Exclude<MemberAct, "confirm">;

const requests: Record<BulkAct, (id: OrgId, ids: readonly MemberId[]) => Promise<readonly BulkResult[]>> = {
  resend: api.organizations.reinviteMany,
  restore: api.organizations.restoreMany,
  revoke: api.organizations.revokeMany,
  remove: api.organizations.removeMany,
};

type BulkDialogProps = { act: BulkAct; members: readonly Member[]; onClose: () => void };

/** One act on one or many people: what follows from it in numbers, then how it went for each. */
export function BulkDialog({ act, members, onClose }: BulkDialogProps) {
  const t = useT();
  const { organizationId, name, badge } = useConsole();
  const queries = useQueryClient();
  const groups = useGroups();
  const [chosen] = useState(members);
  const batch = useBatch<Member>(async (some) => {
    const ids = some.map(({ id }) => id);
    const answers = await requests[act](organizationId, ids);
    const errors = new Map<string, string>(answers.map(({ id, error }) => [id, error]));
    return new Map(
      some.flatMap((member) => {
        const error = errors.get(member.id);
        return error ? [[member, error] as const] : [];
      }),
    );
  });
  const count = chosen.length;
  const collections = reachedCollections(chosen, groups.data ?? []).size;
  const harmful = act === "revoke" || act === "remove";
  const [only] = chosen;
  const who = count === 1 && only ? nameOf(only) : t("client.peopleCount", { count });

  async function start() {
    await batch.start(chosen);
    await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      running={batch.phase === "running"}
      scope={badge}
      title={t(`console.bulk.${act}Title`, { who, name })}
      description={
        batch.phase === "ready" ? (
          <>
            {t(`console.bulk.${act}Text`)}
            {harmful && collections > 0 ? ` ${t("console.bulk.lose", { count: collections, who })}` : null}
          </>
        ) : undefined
      }
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
            <Button look={harmful ? "danger" : "primary"} onClick={() => void start()}>
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
            {chosen.map((member) =>
              batch.phase === "ready" ? (
                <li key={member.id} className="truncate px-3 py-2">
                  {nameOf(member)}
                </li>
              ) : (
                <OutcomeRow key={member.id} name={nameOf(member)} outcome={batch.outcomes.get(member)} />
              ),
            )}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}
