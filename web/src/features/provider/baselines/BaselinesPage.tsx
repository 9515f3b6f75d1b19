import { Plus } from "lucide-react";
import { useState } from "react";
import type { Baseline } from "@/api/baselines";
import { useShortcuts } from "@/app/useShortcuts";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Tabs } from "@/ui/Tabs";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { usePortal } from "../scope";
import { BaselineDialogs, type OpenDialog } from "./BaselineDialogs";
import { BaselineList } from "./BaselineList";
import { DriftView } from "./DriftView";
import { useBaselines, useDrift } from "./data";
import { standingOf } from "./standing";

/** What the provider wants its clients' policies and settings to be, and where they are otherwise. */
export function BaselinesPage() {
  const t = useT();
  const { admin } = usePortal();
  const { search, go } = usePortalPlace();
  const baselines = useBaselines();
  const drift = useDrift();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const tab = search.tab === "drift" ? "drift" : "list";
  const create = () => setDialog({ kind: "edit", baseline: null });
  const drifted = drift.data?.filter((client) => standingOf(client) === "drifted").length;
  const some = (baselines.data ?? []).length > 0;

  useShortcuts({ create: () => admin && tab === "list" && create() });

  function openDrift(baseline: Baseline) {
    go("baselines", { tab: "drift", baseline: baseline.id });
  }

  return (
    <>
      <PortalHead
        title={t("portal.section.baselines")}
        note={t("baselines.intro")}
        actions={
          admin && some ? (
            <Button
              look={tab === "list" ? "primary" : "secondary"}
              icon={<Plus className="size-4" />}
              onClick={create}
            >
              {t("baselines.new")}
            </Button>
          ) : undefined
        }
      />
      {some ? (
        <div className="px-3 sm:px-5">
          <Tabs
            label={t("portal.section.baselines")}
            tabs={[
              { id: "list", label: t("baselines.tab.list"), count: baselines.data?.length ?? 0 },
              {
                id: "drift",
                label: t("baselines.tab.drift"),
                ...(drifted !== undefined && { count: drifted }),
              },
            ]}
            current={tab}
            onChange={(next) => go("baselines", next === "drift" ? { tab: "drift" } : {}, { replace: true })}
          />
        </div>
      ) : null}
      {tab === "drift" && some ? (
        <DriftView baselines={baselines.data ?? []} />
      ) : (
        <BaselineList baselines={baselines} onOpen={setDialog} onCreate={create} onDrift={openDrift} />
      )}
      <BaselineDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}
