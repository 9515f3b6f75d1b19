import { useEffect, useState } from "react";
import { type TotpCode, totpCode } from "@/crypto";
import { useT } from "@/i18n";
import { CopyButton } from "@/ui/CopyButton";
import { cx } from "@/ui/cx";
import { Row } from "./Card";

const round = 2 * Math.PI * 9;

/** The code of the moment, and how long it is good for. */
export function TotpRow({ secret }: { secret: string }) {
  const t = useT();
  const [now, setNow] = useState<TotpCode | "invalid" | null>(null);

  useEffect(() => {
    let current = true;
    const tick = () =>
      totpCode(secret, Date.now()).then(
        (code) => current && setNow(code),
        () => current && setNow("invalid"),
      );
    void tick();
    const timer = setInterval(() => void tick(), 1000);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [secret]);

  if (now === "invalid") {
    return (
      <Row label={t("vault.totp")}>
        <span className="leading-8 text-bad">{t("vault.totpInvalid")}</span>
      </Row>
    );
  }
  const { code, remaining: left, period } = now ?? { code: "", remaining: 0, period: 30 };
  const half = Math.ceil(code.length / 2);
  const soon = left <= 5;
  return (
    <Row label={t("vault.totp")}>
      <div className="flex items-center gap-1">
        <span className={cx("flex-1 font-mono text-md tracking-wider", soon && "text-warn")}>
          {code.length === 5 ? code : `${code.slice(0, half)} ${code.slice(half)}`}
        </span>
        <span
          role="timer"
          aria-label={t("vault.totpLeft", { count: left })}
          className={cx(
            "relative flex size-8 items-center justify-center text-xs",
            soon ? "text-warn" : "text-muted",
          )}
        >
          <svg viewBox="0 0 24 24" className="absolute inset-0 size-8 -rotate-90" aria-hidden="true">
            <circle cx="12" cy="12" r="9" fill="none" strokeWidth="2" className="stroke-line" />
            <circle
              cx="12"
              cy="12"
              r="9"
              fill="none"
              strokeWidth="2"
              stroke="currentColor"
              strokeDasharray={round}
              strokeDashoffset={round * (1 - left / period)}
            />
          </svg>
          {left}
        </span>
        <CopyButton
          value={async () => (await totpCode(secret, Date.now())).code}
          label={t("vault.copyField", { field: t("vault.totp") })}
        />
      </div>
    </Row>
  );
}
