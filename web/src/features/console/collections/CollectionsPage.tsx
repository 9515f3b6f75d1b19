import { useEffect } from "react";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { useStoreState } from "../data";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { CollectionsTab } from "./CollectionsTab";

export function CollectionsPage() {
  const t = useT();
  const { organizationId, name, badge, store } = useConsole();
  const { go } = usePlace();
  const state = useStoreState();
  const ready = state.status.kind === "ready" || state.collections.length > 0;

  useEffect(() => {
    void store.load();
  }, [store]);

  if (state.status.kind === "failed" && !ready) {
    return (
      <ErrorState
        title={t("client.loadFailed", { name })}
        action={<Button onClick={() => void store.load()}>{t("common.tryAgain")}</Button>}
      >
        {explain(state.status.error, t)}
      </ErrorState>
    );
  }
  return ready ? (
    <CollectionsTab
      client={store}
      organizationId={organizationId}
      state={state}
      name={name}
      badge={badge}
      onOpen={(collection) => go("items", { collection })}
    />
  ) : (
    <SkeletonRows />
  );
}
