import { FolderKey, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { useT } from "@/i18n";
import type { ClientState } from "@/sync";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/States";
import { inView, type VaultView } from "./model/filter";
import { type ItemScope, ScopeProvider } from "./scope";
import { type Place, Workbench } from "./Workbench";

type ClientItemsProps = {
  scope: ItemScope;
  state: ClientState;
  name: string;
  view: VaultView;
  place: Place;
  onGo: (place: Place) => void;
  /** What the list shows. */
  title: ReactNode;
  label: string;
  canCreate: boolean;
  /** Opens the choice of collections where there is no room for it beside the list. */
  onFilter?: (() => void) | undefined;
  /** In place of what is usually said about an empty list. */
  empty?: ReactNode;
};

/** The items of one organization, for those who administer it. */
export function ClientItems(props: ClientItemsProps) {
  const { scope, state, name, view, place, onGo, title, label, canCreate, onFilter, empty } = props;
  const t = useT();
  const items = useMemo(() => state.items.filter((item) => inView(item, view)), [state.items, view]);
  return (
    <ScopeProvider scope={scope}>
      <Workbench
        title={title}
        label={label}
        items={items}
        view={view}
        place={place}
        onGo={onGo}
        canCreate={canCreate && view.kind !== "trash"}
        {...(onFilter && { onFilter })}
        empty={(create) =>
          empty ??
          (view.kind === "trash" ? (
            <EmptyState title={t("vault.empty.trash")}>{t("vault.empty.trashText")}</EmptyState>
          ) : (
            <EmptyState
              icon={<FolderKey />}
              title={t("client.noItems", { name })}
              action={
                canCreate ? (
                  <Button look="primary" icon={<Plus className="size-4" />} onClick={create}>
                    {t("vault.empty.action")}
                  </Button>
                ) : undefined
              }
            >
              {t("client.noItemsText")}
            </EmptyState>
          ))
        }
      />
    </ScopeProvider>
  );
}
