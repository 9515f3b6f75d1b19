import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TagId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import { Preview } from "@/ui/Preview";
import { usePortal } from "../scope";
import { TagChips } from "../tags/TagChips";
import type { ClientRow } from "./row";

type ClientNameProps = {
  client: Pick<ClientRow, "organizationId" | "name" | "enabled" | "tags">;
  tagNames: ReadonlyMap<TagId, string>;
  /** Shown while the name is hovered or has the focus. */
  preview?: ReactNode;
};

/** The way into a client: its name, whether it is suspended, and its tags. */
export function ClientName({ client, tagNames, preview }: ClientNameProps) {
  const t = useT();
  const { providerId } = usePortal();
  const { organizationId, name, enabled, tags } = client;
  const link = (
    <Link
      to="/providers/$providerId/clients/$organizationId/$tab"
      params={{ providerId, organizationId, tab: "overview" }}
      onClick={(event) => event.stopPropagation()}
      className="min-w-0 truncate text-base font-medium hover:underline"
    >
      {name}
    </Link>
  );
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {preview ? <Preview content={preview}>{link}</Preview> : link}
      {enabled ? null : <Badge mood="warn">{t("clients.suspended")}</Badge>}
      {tags.length > 0 ? (
        <span className="min-w-0 shrink-[2] max-sm:hidden">
          <TagChips ids={tags} names={tagNames} />
        </span>
      ) : null}
    </span>
  );
}
