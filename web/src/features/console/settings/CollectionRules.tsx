import { useState } from "react";
import type { Organization } from "@/api";
import { api } from "@/app/services";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { SubjectNote } from "../baseline/SubjectNote";
import { settingSubject } from "../baseline/words";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import type { Settings } from "./useOrganization";

const boxes = [
  "limitCollectionCreation",
  "limitCollectionDeletion",
  "limitItemDeletion",
  "allowAdminAccessToAllCollectionItems",
] as const;
type Rules = Record<(typeof boxes)[number], boolean>;

const rulesOf = (organization: Organization): Rules => ({
  limitCollectionCreation: organization.limitCollectionCreation,
  limitCollectionDeletion: organization.limitCollectionDeletion,
  limitItemDeletion: organization.limitItemDeletion,
  allowAdminAccessToAllCollectionItems: organization.allowAdminAccessToAllCollectionItems,
});

/** Who arranges collections, and whether administrators see every item. */
export function CollectionRules({ settings }: { settings: Settings }) {
  const t = useT();
  const { organizationId, name } = useConsole();
  const { known } = settings;
  const [rules, setRules] = useState(rulesOf(known));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const before = rulesOf(known);
  const changed = boxes.some((box) => rules[box] !== before[box]);
  const opens =
    rules.allowAdminAccessToAllCollectionItems === before.allowAdminAccessToAllCollectionItems
      ? null
      : rules.allowAdminAccessToAllCollectionItems;

  async function save() {
    setBusy(true);
    setError(null);
    try {
      const answer = await api.administration.setCollectionManagement(organizationId, {
        ...rules,
        lastKnownRevisionDate: known.revisionDate,
      });
      await settings.written(answer);
      toast({ title: t("orgSettings.saved", { name }) });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group title={t("orgSettings.collections")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error ? <Refusal error={error} onReload={() => void settings.reload()} /> : null}
        {boxes.map((box) => (
          <div key={box} className="flex flex-col gap-2">
            <Checkbox
              label={t(`orgSettings.rule.${box}`)}
              hint={t(`orgSettings.ruleText.${box}`)}
              checked={rules[box]}
              onChange={(event) => setRules({ ...rules, [box]: event.target.checked })}
            />
            <SubjectNote subject={settingSubject(box)} />
          </div>
        ))}
        {opens === null ? null : (
          <div role="status">
            <Callout mood="warn">{t(opens ? "orgSettings.adminsIn" : "orgSettings.adminsOut")}</Callout>
          </div>
        )}
        <Button type="submit" look="primary" className="self-start" pending={busy} disabled={!changed}>
          {t("common.save")}
        </Button>
      </form>
    </Group>
  );
}
