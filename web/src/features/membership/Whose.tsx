import type { OrgId } from "@/crypto/model/ids";
import { Avatar } from "@/ui/Avatar";

/** Names the organization above the title of a dialog. */
export function Whose({ id, name }: { id: OrgId; name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
      <Avatar size="sm" seed={id} name={name} />
      <span className="truncate">{name}</span>
    </span>
  );
}
