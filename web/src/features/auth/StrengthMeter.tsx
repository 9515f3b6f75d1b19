import { useDeferredValue, useEffect, useState } from "react";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";

type Score = 0 | 1 | 2 | 3 | 4;
const fills = ["bg-bad-solid", "bg-bad-solid", "bg-warn", "bg-good", "bg-good"] as const;

/** Estimates how hard a password is to guess. The dictionaries are loaded only when somebody types one. */
export function StrengthMeter({ password, related }: { password: string; related: string[] }) {
  const t = useT();
  const settled = useDeferredValue(password);
  const score = useScore(settled, related.join("\n"));
  const shown = password && score !== null ? score : null;
  return (
    <div className="-mt-2 flex items-center gap-3">
      <div className="grid flex-1 grid-cols-4 gap-1" aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={cx(
              "h-1 rounded-full transition-colors",
              shown !== null && Math.max(1, shown) >= bar ? fills[shown] : "bg-line",
            )}
          />
        ))}
      </div>
      <span className="min-w-20 text-right text-sm text-muted" aria-live="polite">
        {shown === null ? t("auth.strength.none") : t(`auth.strength.${shown}`)}
      </span>
    </div>
  );
}

/** null until the dictionaries are there. */
export function useScore(password: string, related: string): Score | null {
  const [score, setScore] = useState<Score | null>(null);
  useEffect(() => {
    let current = true;
    if (!password) {
      setScore(null);
      return;
    }
    void import("./strength").then(({ estimate }) => {
      if (current) {
        setScore(estimate(password, related.split("\n")));
      }
    });
    return () => {
      current = false;
    };
  }, [password, related]);
  return score;
}
