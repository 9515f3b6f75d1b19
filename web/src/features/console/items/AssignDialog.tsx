import { useMemo, useState } from "react";
import type { CollectionId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, Select } from "@/ui/Field";
import { CheckList } from "../access/CheckList";
import { BatchProgress } from "../bulk/BatchProgress";
import { OutcomeRow } from "../bulk/OutcomeRow";
import { useBatch } from "../bulk/useBatch";
import { useStoreState } from "../data";
import { useConsole } from "../scope";
import { type AssignMode, assigned, assignModes } from "./assign";
import { isClosed, reachOf } from "./reach";

type AssignDialogProps = {
  ids: readonly string[];
  /** Told whether anything was done. */
  onClose: (finished: boolean) => void;
};

/** Puts items into collections, or takes them out: one after the other, with an answer for each. */
export function AssignDialog({ ids, onClose }: AssignDialogProps) {
  const t = useT();
  const scope = useConsole();
  const { badge, store, rights } = scope;
  const state = useStoreState();
  const reach = reachOf(scope);
  const [mode, setMode] = useState<AssignMode>("add");
  const [chosen, setChosen] = useState<string[]>([]);
  const items = useMemo(() => new Map(state.items.map((item) => [item.id, item])), [state.items]);
  const offered = state.collections.filter(
    (collection) => !isClosed(reach, collection) && (rights.can("writeAllItems") || !collection.readOnly),
  );
  const batch = useBatch<string>(async ([id]) => {
    const item = id === undefined ? undefined : items.get(id);
    if (!item) {
      return new Map();
    }
    const after = assigned(item.collectionIds, chosen as CollectionId[], mode);
    await store.setCollections(item.id, after);
    return new Map();
  }, 1);
  const { phase, outcomes, start, cancel } = batch;
  const finished = phase !== "ready";

  return (
    <Dialog
      open
      onClose={() => onClose(finished)}
      running={phase === "running"}
      scope={badge}
      title={t("items.assignTitle", { count: ids.length })}
      footer={
        phase === "done" ? (
          <Button look="primary" onClick={() => onClose(true)}>
            {t("common.done")}
          </Button>
        ) : (
          <>
            <Button onClick={() => (finished ? cancel() : onClose(false))}>{t("common.cancel")}</Button>
            <Button
              look="primary"
              pending={finished}
              disabled={chosen.length === 0}
              onClick={() => void start(ids)}
            >
              {t("items.assignAction", { count: ids.length })}
            </Button>
          </>
        )
      }
    >
      {finished ? (
        <div className="flex flex-col gap-4">
          <BatchProgress outcomes={outcomes} />
          <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
            {ids.map((id) => (
              <OutcomeRow key={id} name={items.get(id)?.name ?? id} outcome={outcomes.get(id)} />
            ))}
          </ul>
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <Field label={t("items.assignMode")}>
            <Select
              value={mode}
              onChange={(event) => setMode(assignModes.find((each) => each === event.target.value) ?? "add")}
            >
              {assignModes.map((each) => (
                <option key={each} value={each}>
                  {t(`items.assignModes.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          <CheckList
            legend={t("vault.collections")}
            choices={offered}
            value={chosen}
            onChange={setChosen}
            searchLabel={t("items.searchCollections")}
            empty={t("vault.noCollections")}
          />
          {mode === "add" ? null : <Callout mood="warn">{t("items.assignWarning")}</Callout>}
        </div>
      )}
    </Dialog>
  );
}
