import { useVault } from "@/app/hooks";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";

/** A Send is always of whoever makes it, whomever it is for: said above the title of what writes one. */
export function OwnAccount() {
  const t = useT();
  const profile = useVault((state) => state.profile);
  const name = profile?.name || profile?.email || "";
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
      <Avatar size="sm" seed={profile?.id ?? ""} name={name} />
      <span className="truncate">
        {t("send.own")} · {profile?.email}
      </span>
    </span>
  );
}
