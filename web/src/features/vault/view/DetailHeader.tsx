import { ArrowLeft, Ellipsis, Pencil, RotateCcw, Star } from "lucide-react";
import { useState } from "react";
import type { CipherListItem, CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { useItemActs } from "../acts";
import { ItemIcon } from "../ItemIcon";
import { useScope } from "../scope";
import { ItemMenu } from "./ItemMenu";
import { Whose } from "./Whose";

type DetailHeaderProps = {
  listed: CipherListItem;
  item: CipherView | null;
  proven: boolean;
  onBack: (() => void) | undefined;
  onEdit: () => void;
  onOpen: (id: string) => void;
  onGone: () => void;
};

export function DetailHeader({ listed, item, proven, onBack, onEdit, onOpen, onGone }: DetailHeaderProps) {
  const t = useT();
  const scope = useScope();
  const acts = useItemActs(scope.store);
  const [busy, setBusy] = useState(false);
  const trashed = listed.deletedDate !== null;

  async function restore() {
    setBusy(true);
    await acts.restore([listed.id]);
    setBusy(false);
  }

  return (
    <header className="flex items-start gap-3 border-b border-line px-4 py-3.5 sm:px-6">
      {onBack ? (
        <IconButton
          label={t("common.back")}
          icon={<ArrowLeft className="size-[18px]" />}
          onClick={onBack}
          className="-ml-2"
        />
      ) : null}
      <span className="max-sm:hidden">
        <ItemIcon type={listed.type} large />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className={cx("text-md font-semibold break-words", listed.broken && "text-bad")}>
          {listed.broken ? t("vault.undecryptable") : listed.name}
        </h2>
        <Whose item={listed} />
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {scope.kind === "own" && !trashed ? (
          <IconButton
            label={listed.favorite ? t("vault.unfavorite") : t("vault.makeFavorite")}
            aria-pressed={listed.favorite}
            icon={<Star className={cx("size-[18px]", listed.favorite && "fill-current text-warn")} />}
            onClick={() => void acts.favorite(listed.id, !listed.favorite)}
          />
        ) : null}
        {trashed && listed.canRestore ? (
          <Button
            look="primary"
            pending={busy}
            icon={<RotateCcw className="size-4" />}
            onClick={() => void restore()}
          >
            {t("vault.restore")}
          </Button>
        ) : null}
        {!trashed && listed.edit && proven && item ? (
          <Button
            icon={<Pencil className="size-4" />}
            onClick={onEdit}
            className="max-sm:w-9 max-sm:gap-0 max-sm:px-0"
          >
            <span className="max-sm:sr-only">{t("common.edit")}</span>
          </Button>
        ) : null}
        <ItemMenu
          listed={listed}
          item={proven ? item : null}
          onOpen={onOpen}
          onGone={onGone}
          trigger={<IconButton label={t("common.more")} icon={<Ellipsis className="size-[18px]" />} />}
        />
      </div>
    </header>
  );
}
