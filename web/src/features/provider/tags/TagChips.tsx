import { Tag as TagIcon } from "lucide-react";
import type { TagId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Badge } from "@/ui/Badge";

type TagChipsProps = { ids: readonly TagId[]; names: ReadonlyMap<TagId, string>; most?: number };

/** The first of a client's tags, and how many more there are. */
export function TagChips({ ids, names, most = 2 }: TagChipsProps) {
  const t = useT();
  const known = ids.flatMap((id) => names.get(id) ?? []).sort((a, b) => a.localeCompare(b));
  const more = known.length - most;
  return (
    <span className="inline-flex min-w-0 items-center gap-1" title={known.join(", ")}>
      {known.slice(0, most).map((name) => (
        <Badge key={name} icon={<TagIcon aria-hidden />}>
          {name}
        </Badge>
      ))}
      {more > 0 ? <Badge>{t("tags.more", { count: more })}</Badge> : null}
    </span>
  );
}
