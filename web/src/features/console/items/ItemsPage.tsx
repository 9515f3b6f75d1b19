import { useEffect } from "react";
import { explain } from "@/app/errors";
import { ClientItems } from "@/features/vault";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { useStoreState } from "../data";
import { usePlace } from "../place";
import { useConsole } from "../scope";
import { CollectionPicker } from "./CollectionPicker";

/** All items of the organization. */
export function ItemsPage() {
  const t = useT();
  const { organizationId, name, badge, store } = useConsole();
  const { search, go } = usePlace();
  const state = useStoreState();
  const ready = state.status.kind === "ready" || state.items.length > 0;

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
  if (!ready) {
    return <SkeletonRows />;
  }
  return (
    <ClientItems
      client={store}
      state={state}
      organizationId={organizationId}
      name={name}
      badge={badge}
      collection={search.collection}
      place={search}
      onGo={(place) =>
        go(
          "items",
          { collection: search.collection, ...place },
          { replace: Boolean(search.item && place.item) },
        )
      }
      title={
        <CollectionPicker
          collections={state.collections}
          current={search.collection}
          onChange={(collection) => go("items", { collection })}
        />
      }
    />
  );
}
