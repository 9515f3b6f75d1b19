import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api, vault } from "@/app/services";
import { LeaveDialog } from "@/features/membership";
import { Group } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { useConsole } from "../scope";
import { TypedNameDialog } from "./TypedNameDialog";

/** What cannot be undone, in one place and behind a password. */
export function DangerZone() {
  const t = useT();
  const navigate = useNavigate();
  const { organizationId, name, rights, by, store } = useConsole();
  const [dialog, setDialog] = useState<"purge" | "delete" | "leave" | null>(null);
  const member = by.kind === "member";
  const close = () => setDialog(null);

  function away() {
    void (by.kind === "provider"
      ? navigate({
          to: "/providers/$providerId/$section",
          params: { providerId: by.providerId, section: "clients" },
        })
      : navigate({ to: "/vault" }));
  }

  return (
    <Group title={t("danger.title")}>
      <ul className="divide-y divide-line rounded-xl border border-bad/40">
        {member ? (
          <Act
            text={t("danger.leaveText")}
            action={t("membership.leave")}
            onClick={() => setDialog("leave")}
          />
        ) : null}
        {rights.can("purgeItems") ? (
          <Act text={t("danger.purgeText")} action={t("danger.purge")} onClick={() => setDialog("purge")} />
        ) : null}
        {rights.can("manageOrganization") ? (
          <Act
            text={t("danger.deleteText")}
            action={t("danger.delete")}
            onClick={() => setDialog("delete")}
          />
        ) : null}
      </ul>
      {dialog === "leave" ? (
        <LeaveDialog organization={{ id: organizationId, name }} onLeft={away} onClose={close} />
      ) : null}
      {dialog === "purge" ? (
        <TypedNameDialog
          title={t("danger.purgeTitle", { name })}
          text={t("danger.purgeConsequence")}
          action={t("danger.purge")}
          done={t("danger.purged", { name })}
          run={async (proof) => {
            await api.administration.purge(organizationId, proof);
            await Promise.all([store.load(), vault.sync()]);
          }}
          onClose={close}
        />
      ) : null}
      {dialog === "delete" ? (
        <TypedNameDialog
          title={t("danger.deleteTitle", { name })}
          text={t("danger.deleteConsequence")}
          action={t("danger.delete")}
          done={t("danger.deleted", { name })}
          run={async (proof) => {
            await api.administration.remove(organizationId, proof);
            away();
            await vault.sync();
          }}
          onClose={close}
        />
      ) : null}
    </Group>
  );
}

function Act({ text, action, onClick }: { text: ReactNode; action: string; onClick: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <span className="min-w-0 flex-1 basis-60 text-muted">{text}</span>
      <Button className="text-bad" onClick={onClick}>
        {action}
      </Button>
    </li>
  );
}
