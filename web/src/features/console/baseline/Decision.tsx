import { useState } from "react";
import type { OwnBaseline } from "@/api/baselines";
import { handleError } from "@/app/errors";
import { api } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/Toast";
import { useConsole } from "../scope";
import { DeviateDialog } from "./DeviateDialog";
import { useDecided, useMayDeviate } from "./useOwnBaseline";
import { nameOfSubject } from "./words";

type DecisionProps = { baseline: OwnBaseline; subject: string };

/** What an owner can do about a difference: state a reason for it, or take that back. */
export function Decision({ baseline, subject }: DecisionProps) {
  const t = useT();
  const { organizationId } = useConsole();
  const decided = useDecided();
  const may = useMayDeviate(baseline);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const accepted = baseline.deviations.some((deviation) => deviation.subject === subject);

  async function withdraw() {
    setBusy(true);
    try {
      decided(await api.baselines.comply(organizationId, subject));
      toast({ title: t("governed.withdrawn", { subject: nameOfSubject(subject, t) }) });
    } catch (error) {
      handleError(error, t("governed.notWithdrawn"));
    } finally {
      setBusy(false);
    }
  }

  if (!may) {
    return null;
  }
  return (
    <>
      {accepted ? (
        <Button size="sm" pending={busy} onClick={() => void withdraw()}>
          {t("governed.withdraw")}
        </Button>
      ) : (
        <Button size="sm" onClick={() => setAsking(true)}>
          {t("governed.deviate")}
        </Button>
      )}
      {asking ? (
        <DeviateDialog
          subject={subject}
          provider={baseline.providerName ?? ""}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
