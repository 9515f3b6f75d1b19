import { Avatar } from "@/ui/Avatar";

export function TenantBadge({ id, name }: { id: string; name: string }) {
  return (
    <span className="flex items-center gap-2.5">
      <Avatar seed={id} name={name} />
      <span className="truncate font-medium">{name}</span>
    </span>
  );
}
