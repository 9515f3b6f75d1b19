import { LockKeyhole } from "lucide-react";
import { type FormEvent, useState } from "react";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";

/** The item's owner asked that the master password be typed again before this one opens. */
export function Reprompt({ onProven }: { onProven: () => void }) {
  const t = useT();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    if (await session.verifyPassword(password)) {
      onProven();
      return;
    }
    setBusy(false);
    setError(t("errors.crypto.wrongPassword"));
  }

  return (
    <form
      onSubmit={submit}
      className="mx-auto mt-6 flex w-full max-w-sm flex-col gap-4 rounded-xl border border-line p-5"
    >
      <p className="flex items-start gap-2.5">
        <LockKeyhole className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
        {t("vault.repromptText")}
      </p>
      <Field label={t("auth.masterPassword")} error={error}>
        <PasswordInput
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" look="primary" pending={busy} disabled={!password}>
        {t("common.continue")}
      </Button>
    </form>
  );
}
