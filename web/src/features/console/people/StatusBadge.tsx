import type { MemberStatus } from "@/api";
import { useT } from "@/i18n";
import { Badge, type Mood } from "@/ui/Badge";

const moods: Record<MemberStatus, Mood> = { [-1]: "bad", 0: "neutral", 1: "warn", 2: "good", 3: "neutral" };

export function StatusBadge({ status }: { status: MemberStatus }) {
  const t = useT();
  return (
    <Badge mood={moods[status]}>
      {t(status === -1 ? "client.statuses.revoked" : `client.statuses.${status}`)}
    </Badge>
  );
}
