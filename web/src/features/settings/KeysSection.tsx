import { useState } from "react";
import { useSession } from "@/app/hooks";
import { api, session } from "@/app/services";
import { type KdfConfig, kdfLimits } from "@/crypto";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Field, Input, Select } from "@/ui/Field";
import { MaskedValue } from "@/ui/MaskedValue";
import { PasswordInput } from "@/ui/PasswordInput";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

export function KeysSection() {
  const state = useSession();
  return (
    <>
      {state.status === "unlocked" ? <KdfForm current={state.keys.kdf} /> : null}
      <ApiKeyForm />
    </>
  );
}

const argonFields = ["iterations", "memory", "parallelism"] as const;

function KdfForm({ current }: { current: KdfConfig }) {
  const t = useT();
  const [kdf, setKdf] = useState(current);
  const [password, setPassword] = useState("");
  const act = useAct();
  const limits = kdfLimits[kdf.type];
  const valid = Object.entries(limits).every(([name, limit]) => {
    const value = (kdf as Record<string, unknown>)[name];
    return typeof value === "number" && value >= limit.min && value <= limit.max;
  });

  function choose(type: string) {
    const { pbkdf2, argon2id } = kdfLimits;
    setKdf(
      type === "pbkdf2"
        ? { type, iterations: pbkdf2.iterations.default }
        : {
            type: "argon2id",
            iterations: argon2id.iterations.default,
            memory: argon2id.memory.default,
            parallelism: argon2id.parallelism.default,
          },
    );
  }

  async function save() {
    if (await act.run(() => session.changeKdf({ password, kdf }), t("settings.kdfChanged"))) {
      setPassword("");
    }
  }

  return (
    <Group title={t("settings.kdf")} text={t("settings.kdfText")}>
      <SettingsForm
        action={t("settings.kdfChange")}
        busy={act.busy}
        error={act.error}
        ready={valid && password !== ""}
        onSubmit={() => void save()}
      >
        <Field label={t("settings.kdfKind")}>
          <Select value={kdf.type} onChange={(event) => choose(event.target.value)}>
            <option value="argon2id">Argon2id</option>
            <option value="pbkdf2">PBKDF2-SHA256</option>
          </Select>
        </Field>
        {kdf.type === "pbkdf2" ? (
          <NumberField
            label={t("settings.kdfIterations")}
            limit={kdfLimits.pbkdf2.iterations}
            value={kdf.iterations}
            onChange={(iterations) => setKdf({ ...kdf, iterations })}
          />
        ) : (
          <div className="grid grid-cols-3 gap-4">
            {argonFields.map((name) => (
              <NumberField
                key={name}
                label={t(`settings.argon.${name}`)}
                limit={kdfLimits.argon2id[name]}
                value={kdf[name]}
                onChange={(value) => setKdf({ ...kdf, [name]: value })}
              />
            ))}
          </div>
        )}
        <Field label={t("auth.masterPassword")}>
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

type NumberFieldProps = {
  label: string;
  limit: { readonly min: number; readonly max: number };
  value: number;
  onChange: (value: number) => void;
};

function NumberField({ label, limit, value, onChange }: NumberFieldProps) {
  const t = useT();
  const format = useFormat();
  const wrong = value < limit.min || value > limit.max;
  const range = t("settings.range", { min: format.number(limit.min), max: format.number(limit.max) });
  return (
    <Field label={label} hint={range} error={wrong ? range : undefined}>
      <Input
        type="number"
        min={limit.min}
        max={limit.max}
        value={value || ""}
        onChange={(event) => onChange(Math.floor(Number(event.target.value)))}
      />
    </Field>
  );
}

function ApiKeyForm() {
  const t = useT();
  const state = useSession();
  const [password, setPassword] = useState("");
  const [key, setKey] = useState<string>();
  const act = useAct();
  const userId = state.status === "unlocked" ? state.account.userId : "";

  async function show(rotate: boolean) {
    await act.run(async () => {
      const proof = { masterPasswordHash: await session.passwordHash(password) };
      const answer = await (rotate ? api.accounts.rotateApiKey(proof) : api.accounts.apiKey(proof));
      setKey(answer.apiKey);
    });
  }

  return (
    <Group title={t("settings.apiKey")} text={t("settings.apiKeyText")}>
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
              <dd className="font-mono break-all">user.{userId}</dd>
            </div>
            <div className="py-2">
              <dt className="text-xs text-muted">client_secret</dt>
              <dd>
                <MaskedValue value={key} copyLabel={t("vault.copyField", { field: "client_secret" })} />
              </dd>
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
