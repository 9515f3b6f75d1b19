import { type FormEvent, useState } from "react";
import type { Baseline } from "@/api/baselines";
import { api } from "@/app/services";
import { Refusal } from "@/features/console/frame/Refusal";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { SidePanel } from "@/ui/Dialog";
import { Field, Input, Switch, Textarea } from "@/ui/Field";
import { Tabs } from "@/ui/Tabs";
import { toast } from "@/ui/Toast";
import { usePortal } from "../scope";
import { useBaselines, useRefresh } from "./data";
import { type Draft, draftOf, emptyDraft, hasWrong, requestOf } from "./draft";
import { PolicyChoices } from "./PolicyChoices";
import { SettingChoices } from "./SettingChoices";

const tabs = ["policies", "settings", "general"] as const;

/** A baseline as a form; those who may not write it read it. */
export function BaselinePanel({ baseline, onClose }: { baseline: Baseline | null; onClose: () => void }) {
  const t = useT();
  const { providerId, badge, admin } = usePortal();
  const baselines = useBaselines();
  const refresh = useRefresh();
  const [draft, setDraft] = useState<Draft>(baseline ? draftOf(baseline) : emptyDraft);
  const [known, setKnown] = useState(baseline?.revisionDate);
  const [tab, setTab] = useState<(typeof tabs)[number]>(baseline ? "policies" : "general");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const changed = useChanged(draft, known);

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const request = requestOf(draft, known);
      await (baseline
        ? api.baselines.update(providerId, baseline.id, request)
        : api.baselines.create(providerId, request));
      await refresh();
      toast({ title: t("baselines.saved", { name: request.name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  async function reload() {
    const { data } = await baselines.refetch();
    const fresh = data?.find(({ id }) => id === baseline?.id);
    if (fresh) {
      setDraft(draftOf(fresh));
      setKnown(fresh.revisionDate);
      setError(null);
    }
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      changed={changed}
      scope={badge}
      title={baseline ? baseline.name : t("baselines.new")}
      footer={
        admin ? (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button
              type="submit"
              form="baseline-form"
              look="primary"
              pending={busy}
              disabled={draft.name.trim() === "" || hasWrong(draft)}
            >
              {baseline ? t("common.save") : t("baselines.create")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{t("ui.close")}</Button>
        )
      }
    >
      <form id="baseline-form" noValidate onSubmit={(event) => void save(event)}>
        <div className="sticky top-0 z-10 bg-raised px-4">
          <Tabs
            label={t("baselines.parts")}
            tabs={tabs.map((id) => ({ id, label: t(`baselines.part.${id}`) }))}
            current={tab}
            onChange={setTab}
          />
        </div>
        <fieldset disabled={!admin} className="flex min-w-0 flex-col gap-5 px-5 py-4">
          {error ? <Refusal error={error} onReload={() => void reload()} /> : null}
          {tab === "general" ? (
            <General draft={draft} onChange={setDraft} />
          ) : tab === "policies" ? (
            <PolicyChoices draft={draft} onChange={setDraft} />
          ) : (
            <SettingChoices draft={draft} onChange={setDraft} />
          )}
        </fieldset>
      </form>
    </SidePanel>
  );
}

function General({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const t = useT();
  return (
    <>
      <Field label={t("common.name")}>
        <Input
          autoFocus
          maxLength={50}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.target.value })}
        />
      </Field>
      <Field label={t("baselines.description")} hint={t("baselines.descriptionHint")}>
        <Textarea
          maxLength={1000}
          value={draft.description}
          onChange={(event) => onChange({ ...draft, description: event.target.value })}
        />
      </Field>
      <Switch
        label={t("baselines.deviateSwitch")}
        hint={t("baselines.deviateHint")}
        checked={draft.mayDeviate}
        onChange={(mayDeviate) => onChange({ ...draft, mayDeviate })}
      />
    </>
  );
}
