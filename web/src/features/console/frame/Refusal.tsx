import { ApiError } from "@/api";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";

/**
 * Why nothing was written, in the server's own words. What somebody else has changed meanwhile has to be loaded
 * again, so that is offered with every refusal.
 */
export function Refusal({ error, onReload }: { error: unknown; onReload?: (() => void) | undefined }) {
  const t = useT();
  return (
    <div role="alert">
      <Callout
        mood="bad"
        title={t("settings.notSaved")}
        action={
          onReload && error instanceof ApiError ? (
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
