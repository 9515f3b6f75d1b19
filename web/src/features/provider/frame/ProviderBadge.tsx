import type { ProviderId } from "@/crypto/model/ids";
import { Avatar } from "@/ui/Avatar";

type ProviderBadgeProps = { providerId: ProviderId; name: string };

/** Names the provider above the title of each dialog that writes for it. */
export function ProviderBadge({ providerId, name }: ProviderBadgeProps) {
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
      <Avatar size="sm" seed={providerId} name={name} />
      <span className="line-clamp-2 wrap-anywhere">{name}</span>
    </span>
  );
}
