import {
  Car,
  CircleHelp,
  CreditCard,
  Globe,
  IdCard,
  Landmark,
  type LucideIcon,
  Plane,
  SquareTerminal,
  StickyNote,
} from "lucide-react";
import type { CipherTypeName } from "@/crypto/model/view";
import { cx } from "@/ui/cx";

const icons: Record<CipherTypeName, LucideIcon> = {
  login: Globe,
  card: CreditCard,
  identity: IdCard,
  secureNote: StickyNote,
  sshKey: SquareTerminal,
  bankAccount: Landmark,
  driversLicense: Car,
  passport: Plane,
};

/** What kind of item this is. `bare` leaves the tile away. */
export function ItemIcon({
  type,
  bare,
  large,
}: {
  type: CipherTypeName | null;
  bare?: boolean;
  large?: boolean;
}) {
  const Icon = type ? icons[type] : CircleHelp;
  if (bare) {
    return <Icon aria-hidden />;
  }
  return (
    <span
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-lg bg-sunken text-muted",
        large ? "size-11" : "size-9",
      )}
    >
      <Icon className={large ? "size-[22px]" : "size-[18px]"} aria-hidden />
    </span>
  );
}
