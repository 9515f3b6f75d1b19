import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { api, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Badge, Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/States";
import { Group } from "../Group";
import { RecoveryCodeDialog } from "./RecoveryCodeDialog";
import { TurnOffDialog } from "./TurnOffDialog";

const SetUpDialog = lazy(() => import("./SetUpDialog").then((module) => ({ default: module.SetUpDialog })));
const key = ["two-factor"] as const;

/** A second proof at each log-in: the code of an authenticator app. */
export function TwoStepSection() {
  const t = useT();
  const queries = useQueryClient();
  const email = useVault((state) => state.profile)?.email ?? "";
  const state = useQuery({ queryKey: key, queryFn: ({ signal }) => api.twoFactor.enabled({ signal }) });
  const [dialog, setDialog] = useState<"setUp" | "recovery" | "turnOff" | null>(null);

  function changed() {
    void queries.invalidateQueries({ queryKey: key });
    void vault.sync();
  }

  const close = () => setDialog(null);
  return (
    <Group title={t("twoStep.title")} text={t("twoStep.text")}>
      {state.isPending ? (
        <Skeleton className="h-9 w-56" />
      ) : state.error ? (
        <div role="alert">
          <Callout
            mood="bad"
            title={t("twoStep.failed")}
            action={
              <Button size="sm" onClick={() => void state.refetch()}>
                {t("common.tryAgain")}
              </Button>
            }
          >
            {explain(state.error, t)}
          </Callout>
        </div>
      ) : state.data ? (
        <div className="flex flex-wrap items-center gap-2">
          <Badge mood="good" icon={<ShieldCheck />}>
            {t("twoStep.on")}
          </Badge>
          <span className="mr-auto" />
          <Button onClick={() => setDialog("recovery")}>{t("twoStep.showRecovery")}</Button>
          <Button className="text-bad" onClick={() => setDialog("turnOff")}>
            {t("twoStep.turnOff")}
          </Button>
        </div>
      ) : (
        <Button look="primary" onClick={() => setDialog("setUp")}>
          {t("twoStep.setUp")}
        </Button>
      )}
      {dialog === "setUp" ? (
        <Suspense>
          <SetUpDialog email={email} onEnabled={changed} onClose={close} />
        </Suspense>
      ) : null}
      {dialog === "recovery" ? <RecoveryCodeDialog email={email} onClose={close} /> : null}
      {dialog === "turnOff" ? <TurnOffDialog email={email} onDone={changed} onClose={close} /> : null}
    </Group>
  );
}
