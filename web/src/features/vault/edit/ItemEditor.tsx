import { type FormEvent, useRef, useState } from "react";
import { explain } from "@/app/errors";
import type { CipherDraft, CipherTypeName } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { ChangedElsewhere } from "@/sync";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Checkbox, Field, Input, Textarea } from "@/ui/Field";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { emptyDraft, placeOf, tidied } from "../model/draft";
import { isFlat } from "../model/fields";
import type { VaultView } from "../model/filter";
import { useScope } from "../scope";
import { useListed } from "../view/useListed";
import { useOpenItem } from "../view/useOpenItem";
import { CustomFieldsForm } from "./CustomFieldsForm";
import { FlatForm } from "./FlatForm";
import { LoginForm } from "./LoginForm";
import { PlaceForm } from "./PlaceForm";

/** Opens an item for editing. */
export function ItemEditorLoader({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useT();
  const scope = useScope();
  const listed = useListed(id);
  // The revision of the moment when editing began: a change elsewhere must not replace what is being typed.
  const [revision] = useState(listed?.revisionDate ?? "");
  const opened = useOpenItem(scope.store, id, revision);
  if (opened.kind === "loading") {
    return <SkeletonRows count={4} />;
  }
  if (opened.kind === "failed") {
    return <ErrorState title={t("vault.openFailed")}>{explain(opened.error, t)}</ErrorState>;
  }
  return (
    <ItemEditor
      start={opened.item}
      title={t("vault.editTitle", { name: opened.item.name })}
      broken={opened.item.broken.length > 0}
      onCancel={onDone}
      onSave={async (draft) => {
        await scope.store.updateItem(id, draft, opened.item);
        onDone();
      }}
    />
  );
}

type NewItemProps = {
  type: CipherTypeName;
  view: VaultView;
  onDone: (id: string | null) => void;
};

export function NewItem({ type, view, onDone }: NewItemProps) {
  const t = useT();
  const scope = useScope();
  const collection =
    view.kind === "collection" ? scope.collections.find((candidate) => candidate.id === view.id) : undefined;
  const organizationId =
    scope.organizationId ?? collection?.organizationId ?? (view.kind === "organization" ? view.id : null);
  const place = {
    ...placeOf(view),
    organizationId,
    collectionIds: collection ? [collection.id] : [],
  };
  return (
    <ItemEditor
      isNew
      start={emptyDraft(type, place)}
      title={t(`vault.newTitle.${type}`)}
      onCancel={() => onDone(null)}
      onSave={async (draft) => onDone(await scope.store.createItem(draft))}
    />
  );
}

type ItemEditorProps = {
  start: CipherDraft;
  title: string;
  isNew?: boolean;
  /** Parts could not be decrypted and would be lost. */
  broken?: boolean;
  onCancel: () => void;
  onSave: (draft: CipherDraft) => Promise<void>;
};

function ItemEditor({ start, title, isNew, broken, onCancel, onSave }: ItemEditorProps) {
  const t = useT();
  const scope = useScope();
  const [draft, setDraft] = useState(start);
  const [nameMissing, setNameMissing] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const nameBox = useRef<HTMLInputElement>(null);
  const homeless = scope.kind === "own" && draft.organizationId !== null && draft.collectionIds.length === 0;

  async function save(event: FormEvent) {
    event.preventDefault();
    const tidy = tidied(draft);
    setNameMissing(tidy.name === "");
    if (tidy.name === "") {
      nameBox.current?.focus();
      return;
    }
    if (tidy.type === "sshKey" && Object.values(tidy.sshKey).some((part) => part.trim() === "")) {
      setError(t("vault.sshIncomplete"));
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onSave(tidy);
    } catch (caught) {
      setBusy(false);
      setError(caught instanceof ChangedElsewhere ? t("live.itemChanged") : explain(caught, t));
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          void save(event);
        } else if (event.key === "Escape" && draft === start) {
          onCancel();
        }
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex items-center gap-3 border-b border-line px-4 py-3 sm:px-6">
        <div className="min-w-0 flex-1">
          {scope.badge ? <div className="mb-1">{scope.badge}</div> : null}
          <h2 className="truncate text-md font-semibold">{title}</h2>
        </div>
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        <Button type="submit" look="primary" pending={busy} disabled={homeless}>
          {t("common.save")}
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-2xl flex-col gap-6 px-4 py-5 sm:px-6">
          {error ? (
            <div role="alert">
              <Callout mood="bad" title={t("vault.notSaved")}>
                {error}
              </Callout>
            </div>
          ) : null}
          {broken ? <Callout mood="warn">{t("vault.brokenEdit")}</Callout> : null}
          <Field label={t("common.name")} required error={nameMissing ? t("vault.nameMissing") : undefined}>
            <Input
              ref={nameBox}
              autoFocus={isNew ?? false}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          </Field>
          {draft.type === "login" ? <LoginForm draft={draft} onChange={setDraft} /> : null}
          {isFlat(draft.type) ? <FlatForm draft={draft} type={draft.type} onChange={setDraft} /> : null}
          <Field label={t("vault.notes")}>
            <Textarea
              rows={draft.type === "secureNote" ? 10 : 4}
              value={draft.notes}
              onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
            />
          </Field>
          <CustomFieldsForm draft={draft} onChange={setDraft} />
          <PlaceForm draft={draft} isNew={isNew ?? false} homeless={homeless} onChange={setDraft} />
          <Checkbox
            label={t("vault.reprompt")}
            hint={t("vault.repromptHint")}
            checked={draft.reprompt === 1}
            onChange={(event) => setDraft({ ...draft, reprompt: event.target.checked ? 1 : 0 })}
          />
        </div>
      </div>
    </form>
  );
}
