import { Link } from "@tanstack/react-router";
import { AuthLayout } from "@/features/auth/AuthLayout";
import { useT } from "@/i18n";
import { Button, buttonClass } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { explain } from "./errors";

export function PagePending() {
  return (
    <div className="p-4">
      <SkeletonRows />
    </div>
  );
}

export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useT();
  return (
    <ErrorState
      title={t("errors.pageTitle")}
      action={
        <Button look="primary" onClick={reset}>
          {t("common.tryAgain")}
        </Button>
      }
    >
      {explain(error, t)} {t("errors.pageKept")}
    </ErrorState>
  );
}

export function PageMissing() {
  const t = useT();
  return (
    <AuthLayout title={t("errors.missingTitle")} intro={t("errors.missingText")}>
      <Link to="/vault" className={`${buttonClass("primary")} w-full`}>
        {t("errors.missingAction")}
      </Link>
    </AuthLayout>
  );
}
