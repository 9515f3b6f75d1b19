import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, KeyRound } from "lucide-react";
import { useState } from "react";
import type { Offboarding, StaffMember } from "@/api/staff";
import { explain } from "@/app/errors";
import { api, vault } from "@/app/services";
import { csvOf, download, fileNamePart } from "@/features/console/csv";
import { Refusal } from "@/features/console/frame/Refusal";
import { nameOf } from "@/features/console/people/people";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { usePortal } from "../scope";
import { staffKeys } from "./data";
import { OffboardingLists } from "./OffboardingLists";

type OffboardDialogProps = { person: StaffMember; onClose: () => void };

/** Somebody leaves the house: everything that ends is told first, then it ends at once. */
export function OffboardDialog({ person, onClose }: OffboardDialogProps) {
  const t = useT();
  const { providerId, name, badge } = usePortal();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState<Offboarding | null>(null);
  const who = nameOf(person);
  const plan = useQuery({
    queryKey: ["offboarding", providerId, person.id],
    queryFn: ({ signal }) => api.staff.offboard(providerId, person.id, true, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const shown = done ?? plan.data;

  async function finish() {
    setBusy(true);
    setError(undefined);
    try {
      setDone(await api.staff.offboard(providerId, person.id, false));
      await queries.invalidateQueries({ queryKey: staffKeys.team(providerId) });
      void vault.sync();
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
      title={t("staff.offboardTitle", { who })}
      description={person.name ? person.email : undefined}
      footer={
        <>
          {shown ? <SaveReport offboarding={shown} done={done !== null} /> : null}
          {done ? (
            <Button look="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>{t("common.cancel")}</Button>
              <Button look="danger" pending={busy} disabled={!plan.data} onClick={() => void finish()}>
                {t("staff.offboardAction")}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {error ? <Refusal error={error} /> : null}
        {done ? (
          <Result offboarding={done} who={who} />
        ) : (
          <p className="text-muted">{t("staff.offboardText", { who, name })}</p>
        )}
        {shown ? (
          <OffboardingLists offboarding={shown} done={done !== null} />
        ) : plan.isError ? (
          <ErrorState
            title={t("staff.offboardFailed", { who })}
            action={<Button onClick={() => void plan.refetch()}>{t("common.tryAgain")}</Button>}
          >
            {explain(plan.error, t)}
          </ErrorState>
        ) : (
          <SkeletonRows count={5} />
        )}
      </div>
    </Dialog>
  );
}

/** How it went as a whole, and what remains to be done by hand. */
function Result({ offboarding, who }: { offboarding: Offboarding; who: string }) {
  const t = useT();
  const { name } = usePortal();
  const { provider, clients, reached, keys } = offboarding;
  const left = clients.filter(({ error }) => error !== null).length + (provider.error === null ? 0 : 1);
  const items = [...clients, ...reached].reduce((sum, client) => sum + client.items, 0);
  return (
    <div role="status" className="flex flex-col gap-2">
      <Callout
        mood={left > 0 ? "warn" : "good"}
        title={
          left > 0 ? t("staff.offboardPartly", { who, count: left }) : t("staff.offboarded", { who, name })
        }
      >
        {left > 0 ? t("staff.offboardPartlyText") : null}
      </Callout>
      {items > 0 ? <Callout>{t("staff.nowRotate", { count: items })}</Callout> : null}
      {keys.length > 0 ? (
        <Callout icon={<KeyRound />}>{t("staff.keysEnded", { count: keys.length })}</Callout>
      ) : null}
    </div>
  );
}

/** What ends, or ended, as a file for the records. */
function SaveReport({ offboarding, done }: { offboarding: Offboarding; done: boolean }) {
  const t = useT();
  const { name } = usePortal();
  function save() {
    const state = (error: string | null) => error ?? t(done ? "staff.report.ended" : "staff.report.willEnd");
    const { provider, clients, reached, keys } = offboarding;
    const header = [
      t("staff.report.what"),
      t("common.name"),
      t("client.role"),
      t("staff.report.items"),
      t("staff.report.result"),
      "ID",
    ];
    const rows = [
      [t("staff.report.provider"), name, "", "", state(provider.error), ""],
      ...clients.map((client) => [
        t("staff.report.client"),
        client.name,
        t(`client.roles.${client.role}`),
        client.items,
        state(client.error),
        client.organizationId,
      ]),
      ...reached.map((client) => [
        t("staff.report.reached"),
        client.name,
        "",
        client.items,
        state(provider.error),
        client.organizationId,
      ]),
      ...keys.map((key) => [t("staff.report.key"), key.name, "", "", state(null), key.id]),
    ];
    const who = offboarding.name || offboarding.email;
    download(`${fileNamePart(`${name} ${who}`)}-offboarding.csv`, csvOf(header, rows));
  }
  return (
    <Button className="mr-auto" icon={<Download className="size-4" />} onClick={save}>
      {t(done ? "staff.saveResult" : "staff.savePlan")}
    </Button>
  );
}
