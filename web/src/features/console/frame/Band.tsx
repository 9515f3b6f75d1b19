import type { ReactNode } from "react";
import type { OrgId } from "@/crypto/model/ids";
import { Avatar, toneOf } from "@/ui/Avatar";

type BandProps = {
  organizationId: OrgId;
  name: string;
  above: ReactNode;
  /** Beside the name: what else there is to know, and the way elsewhere. */
  aside?: ReactNode;
};

/** Whose area this is: the organization's colour and initials, so that nobody takes it for another's. */
export function Band({ organizationId, name, above, aside }: BandProps) {
  return (
    <header
      data-tone={toneOf(organizationId)}
      className="tone-band flex items-center gap-3 border-b border-t-4 px-4 py-2.5 sm:px-6"
    >
      <Avatar seed={organizationId} name={name} size="lg" />
      <div className="min-w-0 flex-1">
        {above}
        <h1 className="line-clamp-3 text-lg font-semibold tracking-tight wrap-anywhere">{name}</h1>
      </div>
      {aside}
    </header>
  );
}

/** The same, small, above the title of each dialog that writes. */
export function OrganizationBadge({ organizationId, name }: Pick<BandProps, "organizationId" | "name">) {
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
      <Avatar size="sm" seed={organizationId} name={name} />
      <span className="line-clamp-2 wrap-anywhere">{name}</span>
    </span>
  );
}
