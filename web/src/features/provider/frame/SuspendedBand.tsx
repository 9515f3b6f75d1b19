import { ShieldAlert } from "lucide-react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { usePortal } from "../scope";

/** The provider is suspended: what that means, and who can change it. */
export function SuspendedBand() {
  const t = useT();
  const { name } = usePortal();
  return (
    <div className="border-b border-line px-4 py-2.5 sm:px-6">
      <Callout mood="warn" icon={<ShieldAlert />} title={t("portal.suspendedTitle", { name })}>
        {t("portal.suspendedText")}
      </Callout>
    </div>
  );
}
