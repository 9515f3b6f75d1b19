import { Dices } from "lucide-react";
import { generatePassphrase } from "@/crypto";
import { minimumLength } from "@/features/auth/newPassword";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";

/** Words can be read out on the phone, and typed from paper. */
const phrase = { words: 5, separator: "-", capitalize: true, includeNumber: true };

export function NewPasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  return (
    <Field label={t("auth.newPassword")} hint={t("auth.newPasswordHint", { count: minimumLength })}>
      <PasswordInput
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        extra={
          <>
            <IconButton
              size="sm"
              label={t("recovery.generate")}
              icon={<Dices className="size-4" />}
              onClick={() => void generatePassphrase(phrase).then(onChange)}
            />
            {value ? <CopyButton value={value} label={t("recovery.copy")} /> : null}
          </>
        }
        className="!pr-28"
      />
    </Field>
  );
}
