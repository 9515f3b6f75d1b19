import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Member } from "@/api";
import { explain } from "@/app/errors";
import type { OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { keys } from "../data";
import { useConsole } from "../scope";
import { type Identity, identify } from "./confirm";

/** The moment at which a person gets the organization's key: the phrase shows whose public key it goes to. */
export function ConfirmDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT();
  const scope = useConsole();
  const { organizationId, name, badge } = scope;
  const queries = useQueryClient();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const identity = useQuery({
    queryKey: ["member-key", organizationId, member.id],
    queryFn: () => identifyOne(organizationId, member),
    staleTime: 0,
    gcTime: 0,
  });

  async function confirm(publicKey: string) {
    setBusy(true);
    setError(undefined);
    try {
      await scope.store.confirmMember(member.id, publicKey, t("client.myItems"));
      await queries.invalidateQueries({ queryKey: keys.members(organizationId) });
      toast({ title: t("client.confirmed", { person: member.name ?? member.email, name }) });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(explain(caught, t));
    }
  }

  const problem = error ?? (identity.error ? explain(identity.error, t) : undefined);
  return (
    <Dialog
      open
      onClose={onClose}
      scope={badge}
      title={t("client.confirmTitle", { person: member.name ?? member.email })}
      description={t("client.confirmText", { email: member.email, name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            pending={busy}
            disabled={!identity.data}
            onClick={() => identity.data && void confirm(identity.data.publicKey)}
          >
            {t("client.confirmAction", { name })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? (
          <div role="alert">
            <Callout mood="bad">{problem}</Callout>
          </div>
        ) : null}
        <div className="rounded-xl border border-line bg-surface p-4">
          <div className="mb-1.5 text-xs text-muted">{t("client.phrase")}</div>
          {identity.data ? (
            <output className="font-mono text-md break-words">{identity.data.phrase}</output>
          ) : identity.isPending ? (
            <Skeleton className="h-6" />
          ) : null}
        </div>
        <p className="text-sm text-muted">{t("client.phraseText")}</p>
      </div>
    </Dialog>
  );
}

async function identifyOne(organizationId: OrgId, member: Member): Promise<Identity> {
  const [found] = await identify(organizationId, [member.id]);
  if (!found) {
    throw new Error("The server did not answer with a key for this member.");
  }
  return found;
}
