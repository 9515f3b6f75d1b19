import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Skeleton } from "@/ui/States";
import { Affected } from "./Affected";
import type { usePreview } from "./usePreview";

/** Who does not comply, by number and name, and what becomes of them. */
export function Preview({
  preview,
  turningOn,
  missing,
}: {
  preview: ReturnType<typeof usePreview>;
  turningOn: boolean;
  /** The first policy that must be on before this one, by its name. */
  missing: string | undefined;
}) {
  const t = useT();
  if (preview.isError) {
    return (
      <div role="alert">
        <Callout mood="bad" title={t("policies.previewFailed")}>
          {explain(preview.error, t)}
        </Callout>
      </div>
    );
  }
  if (!preview.data) {
    return <Skeleton className="h-10" />;
  }
  const { blockedBy, members } = preview.data;
  if (blockedBy) {
    return (
      <div role="alert">
        <Callout mood="bad" title={t("policies.blocked")}>
          {missing ? t("policies.needIsOff", { policy: missing }) : blockedBy}
        </Callout>
      </div>
    );
  }
  if (members.length === 0) {
    return turningOn ? (
      <div role="status">
        <Callout mood="good">{t("policies.nobody")}</Callout>
      </div>
    ) : null;
  }
  return (
    <div role="status" className="flex flex-col gap-3">
      <Affected people={members} />
    </div>
  );
}
