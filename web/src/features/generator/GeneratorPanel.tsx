import { RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useVault } from "@/app/hooks";
import { generatePassphrase, generatePassword, generateUsername } from "@/crypto";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { ColoredSecret } from "@/ui/MaskedValue";
import { Tabs } from "@/ui/Tabs";
import { PassphraseForm, PasswordForm, UsernameForm } from "./OptionForms";
import { passphraseDefaults, passwordDefaults, usernameDefaults, usernameOptions } from "./options";

export type GeneratorKind = "password" | "passphrase" | "username";

type GeneratorPanelProps = {
  kinds?: GeneratorKind[];
  /** Told of every new value. */
  onValue?: (value: string) => void;
};

export function GeneratorPanel({
  kinds = ["password", "passphrase", "username"],
  onValue,
}: GeneratorPanelProps) {
  const t = useT();
  const email = useVault((state) => state.profile)?.email ?? "";
  const [kind, setKind] = useState<GeneratorKind>(kinds[0] ?? "password");
  const [password, setPassword] = useState(passwordDefaults);
  const [phrase, setPhrase] = useState(passphraseDefaults);
  const [username, setUsername] = useState({ ...usernameDefaults, email });
  const [round, setRound] = useState(0);
  const [value, setValue] = useState("");

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks for a new value
  useEffect(() => {
    let current = true;
    const making =
      kind === "password"
        ? Promise.resolve(generatePassword(password))
        : kind === "passphrase"
          ? generatePassphrase(phrase)
          : generateUsername(usernameOptions(username));
    void making.then((made) => {
      if (current) {
        setValue(made);
        onValue?.(made);
      }
    });
    return () => {
      current = false;
    };
  }, [kind, password, phrase, username, round, onValue]);

  return (
    <div className="flex flex-col gap-4">
      {kinds.length > 1 ? (
        <Tabs
          label={t("shell.generator")}
          current={kind}
          onChange={setKind}
          tabs={kinds.map((id) => ({ id, label: t(`generator.kind.${id}`) }))}
        />
      ) : null}
      <div className="flex min-h-14 items-center gap-1 rounded-xl border border-line bg-surface py-2 pr-2 pl-4">
        <output className="min-w-0 flex-1 text-md" aria-label={t(`generator.kind.${kind}`)}>
          <ColoredSecret value={value} />
        </output>
        <IconButton
          size="sm"
          label={t("generator.again")}
          icon={<RefreshCw className="size-4" />}
          onClick={() => setRound(round + 1)}
        />
        <CopyButton value={value} />
      </div>
      {kind === "password" ? (
        <PasswordForm value={password} onChange={setPassword} />
      ) : kind === "passphrase" ? (
        <PassphraseForm value={phrase} onChange={setPhrase} />
      ) : (
        <UsernameForm value={username} onChange={setUsername} />
      )}
    </div>
  );
}
