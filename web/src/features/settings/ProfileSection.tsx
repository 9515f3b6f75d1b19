import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSession, useVault } from "@/app/hooks";
import { api, crypto, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Field, Input } from "@/ui/Field";
import { AvatarColors } from "./AvatarColors";
import { EmailForm } from "./EmailForm";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

export function ProfileSection() {
  const t = useT();
  const profile = useVault((state) => state.profile);
  const [name, setName] = useState(profile?.name ?? "");
  const act = useAct();
  if (!profile) {
    return null;
  }
  const save = () =>
    act.run(async () => {
      await api.accounts.updateProfile(name.trim());
      await vault.sync();
    }, t("settings.saved"));
  return (
    <>
      <Group title={t("settings.section.profile")}>
        <div className="mb-5 flex items-center gap-4">
          <Avatar
            round
            size="lg"
            seed={profile.id}
            name={profile.name || profile.email}
            color={profile.avatarColor}
          />
          <AvatarColors current={profile.avatarColor} />
        </div>
        <SettingsForm
          action={t("common.save")}
          busy={act.busy}
          error={act.error}
          ready={name.trim() !== (profile.name ?? "")}
          onSubmit={() => void save()}
        >
          <Field label={t("common.name")}>
            <Input
              maxLength={50}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
        </SettingsForm>
      </Group>
      <Fingerprint />
      <EmailForm current={profile.email} />
    </>
  );
}

function Fingerprint() {
  const t = useT();
  const state = useSession();
  const unlocked = state.status === "unlocked" ? state : null;
  const phrase = useQuery({
    queryKey: ["fingerprint", unlocked?.account.userId],
    queryFn: () => crypto.fingerprint(unlocked?.account.userId ?? "", unlocked?.keys.publicKey ?? ""),
    enabled: unlocked !== null,
  });
  return (
    <Group title={t("client.phrase")} text={t("settings.phraseText")}>
      <output className="block rounded-lg border border-line bg-surface px-3 py-2.5 font-mono">
        {phrase.data ?? "…"}
      </output>
    </Group>
  );
}
