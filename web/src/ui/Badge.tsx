import type { ReactNode } from "react";
import { cx } from "./cx";

export type Mood = "neutral" | "accent" | "good" | "warn" | "bad";

const moods: Record<Mood, string> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-text",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

export function Badge({
  mood = "neutral",
  icon,
  children,
}: {
  mood?: Mood;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-md px-1.5 text-xs font-medium whitespace-nowrap [&>svg]:size-3",
        moods[mood],
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A paragraph that must not be overlooked. */
export function Callout({
  mood = "neutral",
  icon,
  title,
  action,
  children,
}: {
  mood?: Mood;
  icon?: ReactNode;
  title?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div
      className={cx(
        "flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm [&>svg]:mt-px [&>svg]:size-4 [&>svg]:shrink-0",
        mood === "neutral" ? "border border-line bg-surface text-text" : moods[mood],
      )}
    >
      {icon}
      <div className="min-w-0 flex-1">
        {title ? <div className="font-medium">{title}</div> : null}
        {children ? <div className={cx(mood !== "neutral" && "text-text")}>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
