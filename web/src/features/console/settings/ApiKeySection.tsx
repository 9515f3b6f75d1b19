import { useState } from "react";
import { api, session } from "@/app/services";
import { Group, SettingsForm, useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { CopyButton } from "@/ui/CopyButton";
import { Field } from "@/ui/Field";
import { MaskedValue } from "@/ui/MaskedValue";
import { PasswordInput } from "@/ui/PasswordInput";
import { useConsole } from "../scope";

/** For programs that look after people and groups, such as a directory connector. It opens no items. */
export function ApiKeySection() {
  const t = useT();
  const { organizationId } = useConsole();
  const [password, setPassword] = useState("");
  const [key, setKey] = useState<string>();
  const act = useAct();
  const clientId = `organization.${organizationId}`;

  async function show(rotate: boolean) {
    await act.run(
      async () => {
        const proof = { masterPasswordHash: await session.passwordHash(password) };
        const { apiKey, rotateApiKey } = api.administration;
        setKey((await (rotate ? rotateApiKey : apiKey)(organizationId, proof)).apiKey);
        setPassword("");
      },
      rotate ? t("orgSettings.apiKeyReplaced") : undefined,
    );
  }

  return (
    <Group title={t("settings.apiKey")} text={t("orgSettings.apiKeyText")}>
      <SettingsForm
        action={key ? t("settings.apiKeyRotate") : t("settings.apiKeyShow")}
        look={key ? "danger" : "primary"}
        busy={act.busy}
        error={act.error}
        ready={password !== ""}
        onSubmit={() => void show(key !== undefined)}
      >
        {key ? (
          <dl className="divide-y divide-line rounded-xl border border-line px-4">
            <div className="py-2">
              <dt className="text-xs text-muted">client_id</dt>
              <dd className="flex items-center gap-1 font-mono text-sm break-all">
                <span className="min-w-0 flex-1">{clientId}</span>
                <CopyButton open value={clientId} label={t("vault.copyField", { field: "client_id" })} />
              </dd>
            </div>
            <div className="py-2">
              <dt className="text-xs text-muted">client_secret</dt>
              <dd>
                <MaskedValue value={key} copyLabel={t("vault.copyField", { field: "client_secret" })} />
              </dd>
            </div>
            <div className="py-2">
              <dt className="text-xs text-muted">scope</dt>
              <dd className="font-mono text-sm">api.organization</dd>
            </div>
          </dl>
        ) : null}
        <Field label={t("auth.masterPassword")} hint={key ? t("settings.apiKeyRotateText") : undefined}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </SettingsForm>
    </Group>
  );
}
