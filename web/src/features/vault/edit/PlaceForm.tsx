import { useVault } from "@/app/hooks";
import type { CipherDraft } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Checkbox, Field, Select } from "@/ui/Field";
import { useScope } from "../scope";

type PlaceFormProps = {
  draft: CipherDraft;
  isNew: boolean;
  /** It belongs to an organization and to none of its collections: nobody would see it. */
  homeless: boolean;
  onChange: (draft: CipherDraft) => void;
};

/** Whose the item is and where it lies. The owner of an existing item changes by moving it, not here. */
export function PlaceForm({ draft, isNew, homeless, onChange }: PlaceFormProps) {
  const t = useT();
  const scope = useScope();
  const organizations = useVault((state) => state.organizations).filter(
    (organization) => organization.status === 2 && organization.enabled,
  );
  const collections = scope.collections.filter(
    (collection) => collection.organizationId === draft.organizationId && !collection.readOnly,
  );
  const choosesOwner = scope.kind === "own" && isNew && organizations.length > 0;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {choosesOwner ? (
          <Field label={t("vault.owner")}>
            <Select
              value={draft.organizationId ?? ""}
              onChange={(event) =>
                onChange({ ...draft, organizationId: event.target.value || null, collectionIds: [] })
              }
            >
              <option value="">{t("vault.onlyYou")}</option>
              {organizations.map((organization) => (
                <option key={organization.id} value={organization.id}>
                  {organization.name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        {scope.kind === "own" ? (
          <Field label={t("vault.folder")}>
            <Select
              value={draft.folderId ?? ""}
              onChange={(event) => onChange({ ...draft, folderId: event.target.value || null })}
            >
              <option value="">{t("vault.noFolder")}</option>
              {scope.folders.map((folder) => (
                <option key={folder.id} value={folder.id}>
                  {folder.name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
      </div>
      {draft.organizationId !== null && isNew ? (
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t("vault.collections")}</legend>
          <div className="flex flex-col gap-2">
            {collections.map((collection) => (
              <Checkbox
                key={collection.id}
                label={collection.name}
                checked={draft.collectionIds.includes(collection.id)}
                onChange={(event) =>
                  onChange({
                    ...draft,
                    collectionIds: event.target.checked
                      ? [...draft.collectionIds, collection.id]
                      : draft.collectionIds.filter((id) => id !== collection.id),
                  })
                }
              />
            ))}
          </div>
          {collections.length === 0 ? <p className="text-sm text-muted">{t("vault.noCollections")}</p> : null}
          {homeless && collections.length > 0 ? (
            <p className="mt-2 text-sm text-muted">{t("vault.chooseCollection")}</p>
          ) : null}
        </fieldset>
      ) : null}
    </div>
  );
}
