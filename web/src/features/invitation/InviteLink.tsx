import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@/api";
import { api } from "@/app/services";
import type { MemberId, OrgId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { CopyButton } from "@/ui/CopyButton";
import { Skeleton } from "@/ui/States";

/** Without a mail server somebody has to hand the invitation over. With one, the server has sent it. */
export function InviteLink({ organizationId, memberId }: { organizationId: OrgId; memberId: MemberId }) {
  const t = useT();
  const link = useQuery({
    queryKey: ["invite-link", organizationId, memberId],
    queryFn: () => api.organizations.inviteLink(organizationId, memberId),
    retry: (count, error) => !(error instanceof ApiError) && count < 2,
  });
  if (link.isPending) {
    return <Skeleton className="h-16" />;
  }
  if (link.isError) {
    return <Callout mood="good">{t("provider.inviteMailed")}</Callout>;
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{t("provider.inviteByHand")}</p>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-sm">{link.data.url}</code>
        <CopyButton value={link.data.url} wordy label={t("provider.copyLink")} />
      </div>
      <p className="text-sm text-muted">{t("provider.inviteOnce")}</p>
    </div>
  );
}
