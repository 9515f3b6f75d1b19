import { ApiError } from "@/api";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";

/** Somebody else has written in between: the server names the date that is too old. */
const isStale = (error: unknown) => error instanceof ApiError && "lastKnownRevisionDate" in error.fields;

/** Why nothing was written, in the server's own words. What somebody else has changed can be loaded again. */
export function Refusal({ error, onReload }: { error: unknown; onReload?: (() => void) | undefined }) {
  const t = useT();
  return (
    <div role="alert">
      <Callout
        mood="bad"
        title={t("settings.notSaved")}
        action={
          onReload && isStale(error) ? (
            <Button size="sm" onClick={onReload}>
              {t("console.loadAgain")}
            </Button>
          ) : undefined
        }
      >
        {explain(error, t)}
      </Callout>
    </div>
  );
}
