import { useT } from "@/i18n";
import { CopyButton } from "@/ui/CopyButton";

/** What the command line and other programs need beside a key. */
export function HowToUse() {
  const t = useT();
  const { origin } = window.location;
  const commands = [
    `export KASTELLAN_SERVER=${origin}`,
    "export KASTELLAN_CLIENT_ID=provider.…",
    "export KASTELLAN_CLIENT_SECRET_FILE=/path/to/secret",
    "kastellan provider clients list",
    "kastellan provider seats plan --file seats.csv",
  ].join("\n");
  return (
    <section className="max-w-3xl px-4 py-6 sm:px-6" aria-labelledby="keys-use">
      <h2 id="keys-use" className="text-md font-semibold">
        {t("providerKeys.useTitle")}
      </h2>
      <p className="mt-1 text-muted">{t("providerKeys.useText")}</p>
      <div className="mt-3 flex items-start gap-2 rounded-xl border border-line bg-surface p-4">
        <pre className="min-w-0 flex-1 overflow-x-auto font-mono text-sm">{commands}</pre>
        <CopyButton open value={commands} label={t("providerKeys.copyCommands")} />
      </div>
      <dl className="mt-4 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[auto_1fr]">
        {[
          [t("providerKeys.tokenAddress"), `${origin}/identity/connect/token`],
          ["grant_type", "client_credentials"],
          ["scope", "api.provider"],
          [t("providerKeys.apiAddress"), `${origin}/api/public/provider`],
          ["OpenAPI", `${origin}/api/public/provider/openapi.json`],
        ].map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="font-mono break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-muted">{t("providerKeys.createClients")}</p>
    </section>
  );
}
