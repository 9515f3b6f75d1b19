import { Plus, Trash2, Wand2 } from "lucide-react";
import { useState } from "react";
import { parseTotp } from "@/crypto";
import type { UriMatch } from "@/crypto/model/encrypted";
import type { CipherDraft, LoginView, UriView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Field, Input, Select } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { GeneratorDialog } from "./GeneratorDialog";

type LoginDraft = Extract<CipherDraft, { type: "login" }>;

export function LoginForm({
  draft,
  onChange,
}: {
  draft: LoginDraft;
  onChange: (draft: CipherDraft) => void;
}) {
  const t = useT();
  const [generating, setGenerating] = useState<"password" | "username" | null>(null);
  const { login } = draft;
  const set = (change: Partial<LoginView>) => onChange({ ...draft, login: { ...login, ...change } });
  const totpWrong = login.totp !== "" && !isTotp(login.totp);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("vault.username")}>
          <div className="relative flex items-center">
            <Input
              className="pr-10"
              spellCheck={false}
              autoCapitalize="none"
              value={login.username}
              onChange={(event) => set({ username: event.target.value })}
            />
            <IconButton
              size="sm"
              className="absolute right-0.5"
              label={t("vault.generateUsername")}
              icon={<Wand2 className="size-4" />}
              onClick={() => setGenerating("username")}
            />
          </div>
        </Field>
        <Field label={t("vault.password")}>
          <PasswordInput
            autoComplete="new-password"
            value={login.password}
            onChange={(event) => set({ password: event.target.value })}
            extra={
              <IconButton
                size="sm"
                label={t("vault.generatePassword")}
                icon={<Wand2 className="size-4" />}
                onClick={() => setGenerating("password")}
              />
            }
          />
        </Field>
      </div>
      <Field
        label={t("vault.totpSecret")}
        hint={t("vault.totpHint")}
        error={totpWrong ? t("vault.totpInvalid") : undefined}
      >
        <PasswordInput value={login.totp} onChange={(event) => set({ totp: event.target.value })} />
      </Field>
      <UriList uris={login.uris} onChange={(uris) => set({ uris })} />
      {generating ? (
        <GeneratorDialog
          kinds={generating === "username" ? ["username"] : ["password", "passphrase"]}
          onClose={() => setGenerating(null)}
          onUse={(value) => set({ [generating]: value })}
        />
      ) : null}
    </>
  );
}

function isTotp(text: string): boolean {
  try {
    parseTotp(text);
    return true;
  } catch {
    return false;
  }
}

const matches: readonly UriMatch[] = [0, 1, 2, 3, 4, 5];

function UriList({ uris, onChange }: { uris: readonly UriView[]; onChange: (uris: UriView[]) => void }) {
  const t = useT();
  const replace = (at: number, change: Partial<UriView>) =>
    onChange(uris.map((uri, index) => (index === at ? { ...uri, ...change } : uri)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("vault.websites")}</legend>
      {uris.map((uri, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an address has no id, and typing must not remount its field
        <div key={at} className="flex gap-2 max-sm:flex-wrap">
          <Input
            aria-label={t("vault.websiteNumber", { number: at + 1 })}
            placeholder="https://"
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            value={uri.uri}
            onChange={(event) => replace(at, { uri: event.target.value })}
          />
          <Select
            aria-label={t("vault.matchNumber", { number: at + 1 })}
            className="shrink-0 sm:!w-52 max-sm:!w-auto max-sm:flex-1"
            value={uri.match ?? ""}
            onChange={(event) =>
              replace(at, {
                match: event.target.value === "" ? null : (Number(event.target.value) as UriMatch),
              })
            }
          >
            <option value="">{t("vault.matchDefault")}</option>
            {matches.map((match) => (
              <option key={match} value={match}>
                {t(`vault.match.${match}`)}
              </option>
            ))}
          </Select>
          <IconButton
            label={t("vault.removeWebsite", { number: at + 1 })}
            icon={<Trash2 className="size-4" />}
            onClick={() => onChange(uris.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        size="sm"
        look="ghost"
        className="self-start"
        icon={<Plus className="size-4" />}
        onClick={() => onChange([...uris, { uri: "", match: null }])}
      >
        {t("vault.addWebsite")}
      </Button>
    </fieldset>
  );
}
