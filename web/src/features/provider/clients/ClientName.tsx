import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TagId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";
import { cx } from "@/ui/cx";
import { Preview } from "@/ui/Preview";
import type { PlaceSearch } from "../place";
import { usePortal } from "../scope";
import { TagChips } from "../tags/TagChips";
import type { ClientRow } from "./row";

/** A section of a client, with its filters. */
export type Aim = { readonly tab: string; readonly search: PlaceSearch };
export const front: Aim = { tab: "overview", search: {} };

type ClientNameProps = {
  client: Pick<ClientRow, "organizationId" | "name" | "enabled" | "tags">;
  tagNames: ReadonlyMap<TagId, string>;
  /** Where in the client the next act is; its overview otherwise. */
  aim?: Aim;
  /** Shown while the name is hovered or has the focus. */
  preview?: ReactNode;
};

/** The way into a client: its name, whether it is suspended, and its tags. */
export function ClientName({ client, tagNames, aim = front, preview }: ClientNameProps) {
  const t = useT();
  const { providerId } = usePortal();
  const { organizationId, name, enabled, tags } = client;
  const link = (oneLine: boolean) => (
    <Link
      to="/providers/$providerId/clients/$organizationId/$tab"
      params={{ providerId, organizationId, tab: aim.tab }}
      search={aim.search}
      onClick={(event) => event.stopPropagation()}
      title={name}
      className={cx(
        "min-w-0 font-medium hover:underline max-sm:truncate",
        oneLine
          ? "truncate text-sm leading-4 max-sm:text-base max-sm:leading-5"
          : "line-clamp-2 text-base leading-[18px] text-wrap",
      )}
    >
      {name}
    </Link>
  );
  const tagged = tags.length > 0;
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-2.5">
        {preview ? <Preview content={preview}>{link(tagged)}</Preview> : link(tagged)}
        {enabled ? null : <Badge mood="warn">{t("clients.suspended")}</Badge>}
      </span>
      {tagged ? (
        <span className="mt-0.5 flex min-w-0 max-sm:hidden">
          <TagChips ids={tags} names={tagNames} />
        </span>
      ) : null}
    </span>
  );
}
