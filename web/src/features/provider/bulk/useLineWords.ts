import { useMemo } from "react";
import type { Outcome } from "@/features/console/bulk/batches";
import { useT } from "@/i18n";
import { type Checked, verdictOf } from "./checked";

export type LineWords = {
  readonly state: string;
  readonly reason: string;
  readonly mood: "good" | "bad" | "neutral";
};

/** How a line stands, in words: before it was sent, and after. */
export function useLineWords() {
  const t = useT();
  return useMemo(
    () =>
      (line: Checked, outcome?: Outcome): LineWords => {
        if (outcome) {
          const { state, reason = "" } = outcome;
          const mood = state === "done" ? "good" : state === "failed" ? "bad" : "neutral";
          return { state: t(`bulkwork.states.${state}`), reason, mood } as const;
        }
        switch (verdictOf(line)) {
          case "ready":
            return { state: t("bulkwork.verdict.ready"), reason: "", mood: "good" };
          case "already": {
            const status = line.already === -1 ? "revoked" : (line.already ?? 2);
            const reason = t("bulkwork.alreadyAs", { status: t(`client.statuses.${status}`) });
            return { state: t("bulkwork.verdict.already"), reason, mood: "neutral" };
          }
          case "wrong": {
            const problem = line.problem ? t(`bulkwork.problem.${line.problem}`, { cell: line.cell }) : "";
            return { state: t("bulkwork.verdict.wrong"), reason: line.error ?? problem, mood: "bad" };
          }
        }
      },
    [t],
  );
}
