import { useState } from "react";
import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox, Field, Select } from "@/ui/Field";

type ShareDialogProps = {
  open: boolean;
  itemName: string;
  onClose: () => void;
  onShare: (organizationId: string, collectionIds: string[]) => Promise<unknown>;
};

/** Hands a personal item to an organization; from then on the organization owns it. */
export function ShareDialog({ open, itemName, onClose, onShare }: ShareDialogProps) {
  const t = useT();
  const organizations = useVault((state) => state.organizations).filter(
    (organization) => organization.status === 2 && organization.enabled,
  );
  const collections = useVault((state) => state.collections);
  const [chosen, setChosen] = useState(organizations[0]?.id ?? "");
  const [marked, setMarked] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const organization = organizations.find((option) => option.id === chosen);
  const offered = collections.filter(
    (collection) => collection.organizationId === chosen && !collection.readOnly,
  );

  async function share() {
    setBusy(true);
    await onShare(chosen, marked);
    setBusy(false);
    onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      scope={
        organization ? (
          <span className="flex items-center gap-2 text-sm font-medium">
            <Avatar size="sm" seed={organization.id} name={organization.name} />
            {organization.name}
          </span>
        ) : undefined
      }
      title={t("vault.shareTitle", { name: itemName })}
      description={t("vault.shareText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" pending={busy} disabled={marked.length === 0} onClick={() => void share()}>
            {t("vault.shareAction", { name: organization?.name ?? "" })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t("vault.organization")}>
          <Select
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              setMarked([]);
            }}
          >
            {organizations.map((option) => (
              <option key={option.id} value={option.id}>
                {option.name}
              </option>
            ))}
          </Select>
        </Field>
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t("vault.collections")}</legend>
          {offered.length === 0 ? <p className="text-sm text-muted">{t("vault.noCollections")}</p> : null}
          <div className="flex flex-col gap-2">
            {offered.map((collection) => (
              <Checkbox
                key={collection.id}
                label={collection.name}
                checked={marked.includes(collection.id)}
                onChange={(event) =>
                  setMarked(
                    event.target.checked
                      ? [...marked, collection.id]
                      : marked.filter((id) => id !== collection.id),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      </div>
    </Dialog>
  );
}
