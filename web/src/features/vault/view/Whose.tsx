import { Folder, User } from "lucide-react";
import type { CipherListItem } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { useScope } from "../scope";

/** One line that says in whose vault an item lies and where. */
export function Whose({ item }: { item: CipherListItem }) {
  const t = useT();
  const scope = useScope();
  const owner = item.organizationId;
  const folder = scope.folders.find((candidate) => candidate.id === item.folderId);
  const collections = scope.collections.filter((candidate) => item.collectionIds.includes(candidate.id));
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      {owner ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <Avatar size="sm" seed={owner} name={scope.organizationName(owner)} />
          <span className="truncate">
            {scope.organizationName(owner)}
            {collections.length > 0
              ? ` · ${collections.map((collection) => collection.name).join(", ")}`
              : ""}
          </span>
        </span>
      ) : (
        <span className="flex items-center gap-1.5">
          <User className="size-3.5" aria-hidden />
          {t("vault.onlyYou")}
        </span>
      )}
      {folder ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <Folder className="size-3.5 shrink-0" aria-hidden />
          <span className="truncate">{folder.name}</span>
        </span>
      ) : null}
    </div>
  );
}
