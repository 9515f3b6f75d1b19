import type { CollectionView } from "@/crypto/model/view";
import { useT } from "@/i18n";

type CollectionPickerProps = {
  collections: readonly CollectionView[];
  current: string | undefined;
  onChange: (collection: string | undefined) => void;
};

/** Which part of a client's items the list shows. */
export function CollectionPicker({ collections, current, onChange }: CollectionPickerProps) {
  const t = useT();
  return (
    <select
      aria-label={t("client.show")}
      value={current ?? ""}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="-ml-1 h-8 max-w-full cursor-pointer truncate rounded-lg bg-raised px-1 text-md font-semibold hover:bg-hover"
    >
      <option value="">{t("client.allItems")}</option>
      {collections.map((collection) => (
        <option key={collection.id} value={collection.id}>
          {collection.name}
        </option>
      ))}
      <option value="trash">{t("vault.view.trash")}</option>
    </select>
  );
}
