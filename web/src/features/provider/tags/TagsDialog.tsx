import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "@/app/services";
import type { TagId } from "@/crypto/model/ids";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Checkbox, Field, Input } from "@/ui/Field";
import type { ClientRow } from "../clients/row";
import { WriteDialog } from "../clients/WriteDialog";
import { useRefresh, useTags } from "../data";
import { usePortal } from "../scope";
import { changesOf, heldBy, type Wishes } from "./assign";

type TagsDialogProps = { clients: readonly ClientRow[]; onClose: () => void };

/** Which tags one client has, or several at once: what nobody touches stays as it is for each. */
export function TagsDialog({ clients, onClose }: TagsDialogProps) {
  const t = useT();
  const { providerId, badge } = usePortal();
  const tags = useTags(providerId);
  const refresh = useRefresh();
  const act = useAct();
  const [wishes, setWishes] = useState<Wishes>(new Map());
  const [only] = clients.length === 1 ? clients : [];
  const changes = changesOf(clients, wishes);
  const scope = only ? <OrganizationBadge organizationId={only.organizationId} name={only.name} /> : badge;

  async function save() {
    const saved = await act.run(
      async () => {
        for (const { client, ids } of changes) {
          await api.clients.setTags(providerId, client.id, ids);
        }
      },
      only ? t("tags.savedOne", { name: only.name }) : t("tags.savedMany", { count: changes.length }),
    );
    await refresh();
    if (saved) {
      onClose();
    }
  }

  const wish = (tag: TagId, wanted: boolean) => setWishes(new Map(wishes).set(tag, wanted));
  return (
    <WriteDialog
      scope={scope}
      title={only ? t("tags.ofOne", { name: only.name }) : t("tags.ofMany", { count: clients.length })}
      description={t("tags.text")}
      action={t("common.save")}
      busy={act.busy}
      error={act.error}
      ready={changes.length > 0}
      changed={changes.length > 0}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <fieldset className="flex max-h-72 flex-col gap-2 overflow-y-auto" aria-label={t("tags.title")}>
        {(tags.data ?? []).map((tag) => (
          <TagBox
            key={tag.id}
            name={tag.name}
            count={tag.clientIds.length}
            held={wishes.has(tag.id) ? (wishes.get(tag.id) ? "all" : "none") : heldBy(clients, tag.id)}
            onChange={(wanted) => wish(tag.id, wanted)}
          />
        ))}
        {tags.data?.length === 0 ? <p className="text-muted">{t("tags.none")}</p> : null}
      </fieldset>
      <NewTag onMade={(id) => wish(id, true)} />
    </WriteDialog>
  );
}

type TagBoxProps = {
  name: string;
  count: number;
  held: "all" | "some" | "none";
  onChange: (wanted: boolean) => void;
};

function TagBox({ name, count, held, onChange }: TagBoxProps) {
  const t = useT();
  return (
    <Checkbox
      label={name}
      hint={t("tags.on", { count })}
      checked={held === "all"}
      ref={(box) => {
        if (box) {
          box.indeterminate = held === "some";
        }
      }}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

/** A tag that does not exist yet is made on the way. */
function NewTag({ onMade }: { onMade: (id: TagId) => void }) {
  const t = useT();
  const format = useFormat();
  const { providerId } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const [name, setName] = useState("");
  const wanted = name.trim();

  async function make() {
    const made = await act.run(async () => {
      const tag = await api.clients.createTag(providerId, wanted);
      await refresh();
      onMade(tag.id);
    });
    if (made) {
      setName("");
    }
  }

  return (
    <Field label={t("tags.new")} hint={t("tags.newHint", { most: format.number(50) })} error={act.error}>
      <div className="flex gap-2">
        <Input
          aria-label={t("tags.new")}
          maxLength={50}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && wanted !== "") {
              // The tag first: the dialog is saved with its own button.
              event.preventDefault();
              void make();
            }
          }}
        />
        <Button
          icon={<Plus className="size-4" />}
          disabled={wanted === ""}
          pending={act.busy}
          onClick={() => void make()}
        >
          {t("tags.make")}
        </Button>
      </div>
    </Field>
  );
}
