import { explain } from "@/app/errors";
import { useFingerprints } from "@/features/membership";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { CopyButton } from "@/ui/CopyButton";
import { Skeleton } from "@/ui/States";
import { useConsole } from "../scope";

/** How the organization is told apart from others: its id, and the phrase of its key. */
export function Identity() {
  const t = useT();
  const { organizationId } = useConsole();
  const fingerprints = useFingerprints([organizationId]);
  const phrase = fingerprints.data?.[0]?.phrase;
  return (
    <Group title={t("orgSettings.identity")} text={t("orgSettings.identityText")}>
      <dl className="divide-y divide-line rounded-xl border border-line px-4">
        <div className="py-2">
          <dt className="text-xs text-muted">{t("orgSettings.phrase")}</dt>
          <dd className="flex min-h-8 items-center gap-2 font-mono text-sm break-words">
            {phrase ? (
              <>
                <output className="min-w-0 flex-1">{phrase}</output>
                <CopyButton open value={phrase} label={t("orgSettings.copyPhrase")} />
              </>
            ) : fingerprints.error ? (
              <span className="font-sans text-muted">{explain(fingerprints.error, t)}</span>
            ) : (
              <Skeleton className="h-5 w-64" />
            )}
          </dd>
        </div>
        <div className="py-2">
          <dt className="text-xs text-muted">{t("orgSettings.id")}</dt>
          <dd className="flex min-h-8 items-center gap-2 font-mono text-sm break-all">
            <span className="min-w-0 flex-1">{organizationId}</span>
            <CopyButton open value={organizationId} label={t("orgSettings.copyId")} />
          </dd>
        </div>
      </dl>
    </Group>
  );
}
