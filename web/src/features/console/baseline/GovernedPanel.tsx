import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { useConsole } from "../scope";
import { Decision } from "./Decision";
import { DeviationNote } from "./DeviationNote";
import { DifferenceList } from "./DifferenceList";
import { useMayDeviate, useOwnBaseline } from "./useOwnBaseline";
import { nameOfSubject } from "./words";

/** The provider's baseline beside the organization's own policies: what differs, and what was decided about it. */
export function GovernedPanel({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { badge, by } = useConsole();
  const { data: baseline, error, refetch } = useOwnBaseline();
  const may = useMayDeviate(baseline);
  const unneeded = (baseline?.deviations ?? []).filter(
    ({ subject }) => !baseline?.differences.some((difference) => difference.subject === subject),
  );
  return (
    <SidePanel
      open
      onClose={onClose}
      scope={badge}
      title={baseline?.name ?? t("governed.heading")}
      footer={<Button onClick={onClose}>{t("ui.close")}</Button>}
    >
      {!baseline ? (
        error ? (
          <ErrorState
            title={t("governed.failed")}
            action={<Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>}
          >
            {explain(error, t)}
          </ErrorState>
        ) : (
          <SkeletonRows count={4} />
        )
      ) : !baseline.governed ? (
        <EmptyState title={t("governed.none")} />
      ) : (
        <div className="flex flex-col gap-5 px-5 py-4">
          <div className="flex flex-col gap-1.5">
            {baseline.description ? (
              <p className="whitespace-pre-line wrap-anywhere">{baseline.description}</p>
            ) : null}
            <p className="text-sm text-muted">
              {t(
                !baseline.mayDeviate
                  ? "governed.mayNot"
                  : may
                    ? "governed.may"
                    : by.kind === "provider"
                      ? "governed.ownersMayThemselves"
                      : "governed.ownersMay",
                { provider: baseline.providerName ?? "" },
              )}
            </p>
          </div>
          {baseline.differences.length === 0 ? (
            <p className="rounded-xl border border-line px-4 py-6 text-center text-muted">
              {t("governed.inLine")}
            </p>
          ) : (
            <DifferenceList
              differences={baseline.differences}
              below={({ subject, deviation }) => (
                <>
                  {deviation ? <DeviationNote deviation={deviation} /> : null}
                  <div className="mt-2 empty:hidden">
                    <Decision baseline={baseline} subject={subject} />
                  </div>
                </>
              )}
            />
          )}
          {unneeded.length > 0 ? (
            <section>
              <h3 className="mb-2 text-sm font-medium text-muted">{t("governed.unneeded")}</h3>
              <ul className="divide-y divide-line rounded-xl border border-line">
                {unneeded.map((deviation) => (
                  <li key={deviation.subject} className="px-4 py-3">
                    <span className="block font-medium">{nameOfSubject(deviation.subject, t)}</span>
                    <DeviationNote deviation={deviation} />
                    <div className="mt-2 empty:hidden">
                      <Decision baseline={baseline} subject={deviation.subject} />
                    </div>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
      )}
    </SidePanel>
  );
}
