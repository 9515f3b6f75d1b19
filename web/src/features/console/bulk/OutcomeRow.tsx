import { CircleCheck, CircleDashed, CircleSlash, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/i18n";
import type { Outcome } from "./batches";

const icons = {
  waiting: <CircleDashed className="size-4 text-muted" aria-hidden />,
  done: <CircleCheck className="size-4 text-good" aria-hidden />,
  failed: <CircleX className="size-4 text-bad" aria-hidden />,
  skipped: <CircleSlash className="size-4 text-muted" aria-hidden />,
};

type OutcomeRowProps = {
  name: ReactNode;
  outcome: Outcome | undefined;
  /** In place of "done". */
  done?: ReactNode;
  end?: ReactNode;
};

/** One of many, and how it went. */
export function OutcomeRow({ name, outcome, done, end }: OutcomeRowProps) {
  const t = useT();
  const state = outcome?.state ?? "waiting";
  return (
    <li className="flex min-h-10 items-center gap-3 px-3 py-1.5">
      {icons[state]}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        <span className={state === "failed" ? "block text-sm text-bad" : "block text-sm text-muted"}>
          {outcome?.reason ?? (state === "done" && done ? done : t(`console.bulk.state.${state}`))}
        </span>
      </span>
      {end}
    </li>
  );
}
