import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { ProviderKey } from "@/api/providerKeys";
import { explain } from "@/app/errors";
import { api } from "@/app/services";
import { useShortcuts } from "@/app/useShortcuts";
import type { ProviderId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/States";
import { PortalHead } from "../frame/PortalHead";
import { usePortal } from "../scope";
import { CreateKeyDialog } from "./CreateKeyDialog";
import { DeleteKeyDialog } from "./DeleteKeyDialog";
import { HowToUse } from "./HowToUse";
import { KeyTable } from "./KeyTable";

export const keysOf = (provider: ProviderId) => ["provider", provider, "keys"] as const;

/** What programs of the provider log in with. */
export function KeysPage() {
  const t = useT();
  const { providerId, name } = usePortal();
  const [dialog, setDialog] = useState<"create" | ProviderKey | null>(null);
  const keys = useQuery({
    queryKey: keysOf(providerId),
    queryFn: ({ signal }) => api.providerKeys.list(providerId, { signal }),
  });
  const close = () => setDialog(null);
  useShortcuts({ create: () => setDialog("create") });
  const create = (
    <Button look="primary" icon={<Plus className="size-4" />} onClick={() => setDialog("create")}>
      {t("providerKeys.create")}
    </Button>
  );
  return (
    <>
      <PortalHead
        title={t("portal.section.keys")}
        note={t("providerKeys.note")}
        actions={keys.data?.length ? create : undefined}
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {keys.isPending ? (
          <SkeletonRows count={3} />
        ) : keys.isError ? (
          <ErrorState
            title={t("providerKeys.failed", { name })}
            action={<Button onClick={() => void keys.refetch()}>{t("common.tryAgain")}</Button>}
          >
            {explain(keys.error, t)}
          </ErrorState>
        ) : keys.data.length === 0 ? (
          <EmptyState icon={<KeyRound />} title={t("providerKeys.none")} action={create}>
            {t("providerKeys.noneText")}
          </EmptyState>
        ) : (
          <KeyTable keys={keys.data} onDelete={setDialog} />
        )}
        <HowToUse />
      </div>
      {dialog === "create" ? (
        <CreateKeyDialog onClose={close} />
      ) : dialog ? (
        <DeleteKeyDialog apiKey={dialog} onClose={close} />
      ) : null}
    </>
  );
}
