import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { explain } from "@/app/errors";
import { useVault } from "@/app/hooks";
import { session, vault } from "@/app/services";
import type { CipherListItem } from "@/crypto/model/view";
import { useFingerprints } from "@/features/membership";
import { useT } from "@/i18n";
import { withOldFiles } from "@/session/rotation";
import { Callout } from "@/ui/Badge";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { Progress, Skeleton } from "@/ui/States";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

/** A new key for the whole vault: for whoever fears that the old one is known to somebody else. */
export function RotateKeySection() {
  const t = useT();
  const broken = useVault((state) => state.items).filter(
    (item) => item.organizationId === null && item.broken,
  ).length;
  const old = useOldFiles();
  const enrolled = useVault((state) => state.organizations).filter(
    ({ resetPasswordEnrolled }) => resetPasswordEnrolled === true,
  );
  const fingerprints = useFingerprints(enrolled.map(({ id }) => id));
  const recovery = enrolled.length === 0 ? [] : fingerprints.data;
  const [password, setPassword] = useState("");
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const act = useAct();

  async function rotate() {
    setProgress({ done: 0, total: 0 });
    const rotated = await act.run(async () => {
      await session.rotateUserKey({
        password,
        recovery: (recovery ?? []).map(({ organizationId, publicKey }) => ({ organizationId, publicKey })),
        onProgress: (done, total) => setProgress({ done, total }),
      });
      await vault.sync();
    }, t("settings.rotateKeyDone"));
    setProgress(null);
    if (rotated) {
      setPassword("");
    }
  }

  return (
    <Group title={t("settings.rotateKey")} text={t("settings.rotateKeyText")}>
      <SettingsForm
        action={t("settings.rotateKey")}
        look="danger"
        busy={act.busy}
        error={act.error}
        ready={password !== "" && broken === 0 && old.length === 0 && recovery !== undefined}
        onSubmit={() => void rotate()}
      >
        <Callout mood="warn">{t("settings.rotateKeyWarning")}</Callout>
        {old.length > 0 ? <OldFiles items={old} /> : null}
        {broken > 0 ? <Callout mood="bad">{t("settings.rotateKeyBroken", { count: broken })}</Callout> : null}
        {enrolled.length > 0 ? <RecoveryNote organizations={enrolled} fingerprints={fingerprints} /> : null}
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {progress ? (
          <Progress label={t("settings.rotateKeyBusy")} value={progress.done} max={progress.total} />
        ) : null}
      </SettingsForm>
    </Group>
  );
}

/** Personal items with files that would not open any more. */
function useOldFiles(): readonly CipherListItem[] {
  const items = useVault((state) => state.items);
  return useMemo(() => {
    const old = new Set(withOldFiles(vault.records()).map(({ id }) => id));
    return items.filter(({ id }) => old.has(id));
  }, [items]);
}

function OldFiles({ items }: { items: readonly CipherListItem[] }) {
  const t = useT();
  return (
    <Callout mood="bad" title={t("attachment.rotateTitle", { count: items.length })}>
      <p>{t("attachment.rotateText")}</p>
      <ul className="mt-1">
        {items.map(({ id, name, deletedDate }) => (
          <li key={id}>
            <Link
              to="/vault"
              search={{ view: deletedDate ? "trash" : "attachments", item: id }}
              className="font-medium underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Callout>
  );
}

type RecoveryNoteProps = {
  organizations: readonly { readonly id: string; readonly name: string }[];
  fingerprints: ReturnType<typeof useFingerprints>;
};

/** Organizations that hold the old key are given the new one, so the phrases of their keys are shown before. */
function RecoveryNote({ organizations, fingerprints }: RecoveryNoteProps) {
  const t = useT();
  return (
    <Callout title={t("membership.rotateTitle")}>
      <p>{t("membership.rotateText")}</p>
      <dl className="mt-2 flex flex-col gap-1.5">
        {organizations.map(({ id, name }) => (
          <div key={id}>
            <dt className="font-medium">{name}</dt>
            <dd className="font-mono break-words">
              {fingerprints.data?.find(({ organizationId }) => organizationId === id)?.phrase ??
                (fingerprints.error ? explain(fingerprints.error, t) : <Skeleton className="h-5" />)}
            </dd>
          </div>
        ))}
      </dl>
    </Callout>
  );
}
