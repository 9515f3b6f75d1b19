import { FolderKey, Plus } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import type { ClientState, ClientVault } from "@/sync";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/States";
import { inView, parseView } from "./model/filter";
import { type ItemScope, ScopeProvider } from "./scope";
import { type Place, Workbench } from "./Workbench";

type ClientItemsProps = {
  client: ClientVault;
  state: ClientState;
  organizationId: OrgId;
  name: string;
  badge: ReactNode;
  collection: string | undefined;
  place: Place;
  onGo: (place: Place) => void;
  /** A filter row above the list. */
  title: ReactNode;
};

/** The items of one client, for the people of its provider. */
export function ClientItems(props: ClientItemsProps) {
  const { client, state, organizationId, name, badge, collection, place, onGo, title } = props;
  const t = useT();
  const scope = useMemo<ItemScope>(
    () => ({
      store: client,
      kind: "client",
      organizationId,
      collections: state.collections,
      folders: [],
      organizationName: () => name,
      badge,
    }),
    [client, organizationId, state.collections, name, badge],
  );
  const view = useMemo(
    () =>
      parseView(
        collection === "trash"
          ? "trash"
          : collection
            ? `collection:${collection}`
            : `organization:${organizationId}`,
      ),
    [collection, organizationId],
  );
  const items = useMemo(() => state.items.filter((item) => inView(item, view)), [state.items, view]);
  return (
    <ScopeProvider scope={scope}>
      <Workbench
        title={title}
        label={name}
        items={items}
        view={view}
        place={place}
        onGo={onGo}
        canCreate={view.kind !== "trash"}
        empty={(create) =>
          view.kind === "trash" ? (
            <EmptyState title={t("vault.empty.trash")}>{t("vault.empty.trashText")}</EmptyState>
          ) : (
            <EmptyState
              icon={<FolderKey />}
              title={t("client.noItems", { name })}
              action={
                <Button look="primary" icon={<Plus className="size-4" />} onClick={create}>
                  {t("vault.empty.action")}
                </Button>
              }
            >
              {t("client.noItemsText")}
            </EmptyState>
          )
        }
      />
    </ScopeProvider>
  );
}
