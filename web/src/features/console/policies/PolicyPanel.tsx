import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Policy } from "@/api";
import { api, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useChanged } from "@/ui/changed";
import { SidePanel } from "@/ui/Dialog";
import { Switch } from "@/ui/Field";
import { toast } from "@/ui/Toast";
import { SubjectNote } from "../baseline/SubjectNote";
import { policySubject } from "../baseline/words";
import { keys } from "../data";
import { Refusal } from "../frame/Refusal";
import { useConsole } from "../scope";
import { kindOf, type PolicyType } from "./catalogue";
import { outOfRange, startOf, tidied } from "./data";
import { PolicyForm } from "./PolicyForm";
import { Prerequisites } from "./Prerequisites";
import { Preview } from "./Preview";
import { policyOf } from "./usePolicies";
import { usePreview } from "./usePreview";

type PolicyPanelProps = {
  type: PolicyType;
  policies: readonly Policy[];
  onOpen: (type: PolicyType) => void;
  onReload: () => Promise<unknown>;
  onClose: () => void;
};

/** One policy: whether it is on, what it asks for, and whom that touches before it is saved. */
export function PolicyPanel({ type, policies, onOpen, onReload, onClose }: PolicyPanelProps) {
  const t = useT();
  const queries = useQueryClient();
  const { organizationId, badge, name } = useConsole();
  const kind = kindOf(type);
  const saved = policyOf(policies, type);
  const [enabled, setEnabled] = useState(saved.enabled);
  const [data, setData] = useState(startOf(kind, saved.data));
  // What the form was filled from: a later answer of the server must not slip in as known.
  const [known, setKnown] = useState(saved.revisionDate ?? undefined);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const request = { enabled, data: tidied(kind, data), lastKnownRevisionDate: known };
  const wrong = outOfRange(kind, data);
  const preview = usePreview(type, request, enabled && wrong.length === 0);
  const changed = useChanged([enabled, data], known);
  const missing = kind.needs.find((need) => !policyOf(policies, need).enabled);
  const turningOn = enabled && !saved.enabled;
  const waiting = turningOn && (preview.isPending || preview.data?.blockedBy !== null);

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.policies.save(organizationId, type, request);
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.policies(organizationId) }),
        queries.invalidateQueries({ queryKey: keys.members(organizationId) }),
      ]);
      // One's own apps keep to it from now on, too.
      void vault.sync();
      toast({ title: t("policies.saved", { policy: t(`policies.name.${type}`), name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(caught);
    }
  }

  async function reload() {
    await onReload();
    const fresh = policyOf(queries.getQueryData<Policy[]>(keys.policies(organizationId)) ?? [], type);
    setEnabled(fresh.enabled);
    setData(startOf(kind, fresh.data));
    setKnown(fresh.revisionDate ?? undefined);
    setError(null);
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      changed={changed}
      scope={badge}
      title={t(`policies.name.${type}`)}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form="policy-form"
            look="primary"
            pending={busy}
            disabled={waiting || wrong.length > 0}
          >
            {turningOn ? t("policies.turnOn") : t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id="policy-form"
        noValidate
        onSubmit={(event) => void save(event)}
        className="flex flex-col gap-5 px-5 py-4"
      >
        <div>
          <p>{t(`policies.text.${type}`)}</p>
          <p className="mt-1.5 text-sm text-muted">{t(`policies.exempt.${kind.exempt}`)}</p>
        </div>
        <SubjectNote subject={policySubject(type)} />
        {kind.idle ? <Callout>{t("policies.idle")}</Callout> : null}
        <Prerequisites kind={kind} policies={policies} onOpen={onOpen} />
        {error ? <Refusal error={error} onReload={() => void reload()} /> : null}
        <Switch
          label={t("policies.enabled")}
          hint={saved.canToggleState === false ? t("policies.fixed") : undefined}
          checked={enabled}
          disabled={saved.canToggleState === false}
          onChange={setEnabled}
        />
        <PolicyForm kind={kind} data={data} wrong={wrong} onChange={setData} />
        {enabled ? (
          <Preview
            preview={preview}
            turningOn={turningOn}
            missing={missing === undefined ? undefined : t(`policies.name.${missing}`)}
          />
        ) : null}
      </form>
    </SidePanel>
  );
}
