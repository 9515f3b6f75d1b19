import { Check, Dot } from "lucide-react";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";
import { checkRules, type PasswordRules } from "./rules";
import { useScore } from "./StrengthMeter";

type RulesNoteProps = { password: string; related: string[]; rules: PasswordRules };

/** Whether a new password keeps to the rules of the organizations around it. */
export function useKeepsRules(password: string, related: string[], rules: PasswordRules | null): boolean {
  const score = useScore(password, related.join("\n"));
  return rules === null || checkRules(password, score, rules).every(({ met }) => met);
}

/** What the organization asks of the password, ticked off while somebody types. */
export function RulesNote({ password, related, rules }: RulesNoteProps) {
  const t = useT();
  const score = useScore(password, related.join("\n"));
  const found = checkRules(password, score, rules);
  if (found.length === 0) {
    return null;
  }
  const counts = { length: rules.minLength, complexity: rules.minComplexity };
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2.5 text-sm">
      <p className="font-medium">{t("passwordRules.title")}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {found.map(({ rule, met }) => (
          <li key={rule} className={cx("flex items-start gap-1.5", met ? "text-good" : "text-muted")}>
            {met ? (
              <Check className="mt-0.5 size-4 shrink-0" aria-hidden />
            ) : (
              <Dot className="mt-0.5 size-4 shrink-0" aria-hidden />
            )}
            <span>
              {rule === "complexity"
                ? t("passwordRules.complexity", {
                    strength: t(`auth.strength.${strengthOf(counts.complexity)}`),
                  })
                : t(`passwordRules.${rule}`, { count: counts.length })}
              <span className="sr-only">{` (${t(met ? "passwordRules.met" : "passwordRules.unmet")})`}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const strengths = ["0", "1", "2", "3", "4"] as const;
const strengthOf = (complexity: number) => strengths[complexity] ?? "4";
