import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

type StateProps = {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
};

/** What will be here, and how it gets here. */
export function EmptyState({ icon, title, children, action }: StateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      {icon ? (
        <div className="mb-2 flex size-12 items-center justify-center rounded-2xl bg-accent-soft text-accent-text [&>svg]:size-6">
          {icon}
        </div>
      ) : null}
      <h2 className="text-md font-semibold">{title}</h2>
      {children ? <div className="text-muted">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

/** What happened, what was kept, what to do. */
export function ErrorState({ title, children, action }: Omit<StateProps, "icon">) {
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <div className="mb-2 flex size-12 items-center justify-center rounded-2xl bg-bad-soft text-bad">
        <CircleX className="size-6" aria-hidden />
      </div>
      <h2 className="text-md font-semibold">{title}</h2>
      {children ? <div className="text-muted">{children}</div> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx("animate-pulse rounded-md bg-hover", className)} />;
}

/** Rows in the shape of a list that is on its way. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `row-${index}`,
    width: 35 + ((index * 17) % 40),
  }));
  return (
    <div aria-hidden>
      {rows.map((row) => (
        <div key={row.id} className="flex h-12 items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-8 rounded-lg" />
          <div className="h-3.5 animate-pulse rounded-md bg-hover" style={{ width: `${row.width}%` }} />
        </div>
      ))}
    </div>
  );
}

export function Progress({ value, max, label, mood = "accent" }: ProgressProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className={cx("h-full rounded-full transition-[width] duration-150", bars[mood])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}

type ProgressProps = { value: number; max: number; label: string; mood?: keyof typeof bars };
const bars = { accent: "bg-accent", good: "bg-good", warn: "bg-warn", bad: "bg-bad-solid" };
