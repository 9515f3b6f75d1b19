import { Paperclip, Star, Timer } from "lucide-react";
import { memo } from "react";
import type { CipherListItem } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { ItemIcon } from "../ItemIcon";

type ItemRowProps = {
  item: CipherListItem;
  current: boolean;
  /** The one row that Tab reaches; arrows lead on from there. */
  reachable: boolean;
  selected: boolean;
  /** Some item is selected: the boxes stay visible. */
  selecting: boolean;
  organization: string | null;
  onOpen: (id: string) => void;
  onSelect: (id: string, range: boolean) => void;
};

export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { item, current, reachable, selected, selecting, organization, onOpen, onSelect } = props;
  const t = useT();
  const name = item.broken ? t("vault.undecryptable") : item.name;
  return (
    <div
      className={cx(
        "group relative flex h-14 items-center gap-3 px-3",
        current ? "bg-accent-soft" : selected ? "bg-hover" : "hover:bg-hover",
      )}
    >
      <span className="relative flex">
        <span className={cx(selecting && "invisible", "group-hover:invisible")}>
          <ItemIcon type={item.type} />
        </span>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t("vault.select", { name })}
          checked={selected}
          onChange={() => undefined}
          onClick={(event) => onSelect(item.id, event.shiftKey)}
          className={cx(
            "absolute top-2.5 left-2.5 z-10 size-4 accent-accent opacity-0 group-hover:opacity-100 focus:opacity-100",
            selecting && "opacity-100",
          )}
        />
      </span>
      <button
        type="button"
        data-item={item.id}
        aria-current={current || undefined}
        tabIndex={reachable ? 0 : -1}
        onClick={() => onOpen(item.id)}
        className="min-w-0 flex-1 text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text"
      >
        <span className={cx("block truncate font-medium", item.broken && "text-bad")}>{name}</span>
        <span className="block truncate text-sm text-muted">
          {item.subtitle || (item.type ? t(`vault.typeOne.${item.type}`) : t("vault.unknownType"))}
        </span>
      </button>
      <span className="flex shrink-0 items-center gap-1.5 text-muted [&>svg]:size-3.5">
        {item.favorite ? <Star className="fill-current" aria-label={t("vault.favorite")} /> : null}
        {item.hasTotp ? <Timer aria-label={t("vault.hasTotp")} /> : null}
        {item.hasAttachments ? <Paperclip aria-label={t("vault.hasAttachments")} /> : null}
        {organization && item.organizationId ? (
          <span title={organization}>
            <Avatar size="sm" seed={item.organizationId} name={organization} />
          </span>
        ) : null}
      </span>
    </div>
  );
});
