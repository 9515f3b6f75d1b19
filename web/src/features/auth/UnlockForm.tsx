import { type FormEvent, useState } from "react";
import { explain } from "@/app/errors";
import { useSession } from "@/app/hooks";
import { session } from "@/app/services";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";

export function UnlockForm() {
  const t = useT();
  const state = useSession();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const busy = state.status === "unlocking";

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(undefined);
    try {
      await session.unlock(password);
    } catch (caught) {
      setError(explain(caught, t));
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <Field label={t("auth.masterPassword")} error={error}>
        <PasswordInput
          name="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" look="primary" pending={busy} disabled={!password}>
        {state.status === "unlocking" ? t(`auth.step.${state.step}`) : t("auth.unlockAction")}
      </Button>
    </form>
  );
}
