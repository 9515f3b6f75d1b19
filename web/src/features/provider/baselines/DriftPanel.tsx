import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { DeviationNote } from "@/features/console/baseline/DeviationNote";
import { DifferenceList } from "@/features/console/baseline/DifferenceList";
import { nameOfSubject } from "@/features/console/baseline/words";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useT } from "@/i18n";
import { Button, buttonClass } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { EmptyState } from "@/ui/States";
import { usePortal } from "../scope";
import { type DriftRow, StandingBadge } from "./DriftTable";
import { openDifferences } from "./standing";

type DriftPanelProps = {
  row: DriftRow;
  onApply: (subjects: readonly string[]) => void;
  onClose: () => void;
};

/** One client and its baseline: what differs, what its owners accepted, and the way to put it right. */
export function DriftPanel({ row, onApply, onClose }: DriftPanelProps) {
  const t = useT();
  const { providerId } = usePortal();
  const open = openDifferences(row);
  const decided = row.differences.filter(({ deviation }) => deviation !== null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = open.map(({ subject }) => subject).filter((subject) => !left.has(subject));

  function toggle(subject: string) {
    const next = new Set(left);
    if (!next.delete(subject)) {
      next.add(subject);
    }
    setLeft(next);
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      scope={<OrganizationBadge organizationId={row.organizationId} name={row.name} />}
      title={t("baselines.driftOf", { baseline: row.baselineName })}
      footer={
        <>
          <Link
            to="/providers/$providerId/clients/$organizationId/$tab"
            params={{ providerId, organizationId: row.organizationId, tab: "policies" }}
            className={buttonClass()}
          >
            {t("baselines.toPolicies")}
          </Link>
          {open.length > 0 ? (
            <Button look="primary" disabled={chosen.length === 0} onClick={() => onApply(chosen)}>
              {t("baselines.applySome", { count: chosen.length })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-5 px-5 py-4">
        <div>
          <StandingBadge standing={row.standing} />
        </div>
        {row.differences.length === 0 ? (
          <EmptyState title={t("baselines.asWanted")}>{t("baselines.asWantedText")}</EmptyState>
        ) : null}
        {open.length > 0 ? (
          <section>
            <h3 className="mb-2 text-sm font-medium text-muted">
              {t("baselines.openTitle", { count: open.length })}
            </h3>
            <DifferenceList
              differences={open}
              lead={({ subject }) => (
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                  aria-label={t("baselines.applyThis", { subject: nameOfSubject(subject, t) })}
                  checked={!left.has(subject)}
                  onChange={() => toggle(subject)}
                />
              )}
            />
          </section>
        ) : null}
        {decided.length > 0 ? (
          <section>
            <h3 className="mb-2 text-sm font-medium text-muted">
              {t("baselines.decidedTitle", { count: decided.length })}
            </h3>
            <DifferenceList
              differences={decided}
              below={({ deviation }) => (deviation ? <DeviationNote deviation={deviation} /> : null)}
            />
          </section>
        ) : null}
      </div>
    </SidePanel>
  );
}
