import { Download, Ellipsis, File, PencilLine, Trash2 } from "lucide-react";
import type { AttachmentView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { TransferActs, TransferStatus } from "./TransferLine";
import type { Transfer } from "./transfers";

type AttachmentRowProps = {
  file: AttachmentView;
  transfer: Transfer | undefined;
  mayEdit: boolean;
  onDownload: () => void;
  onUpgrade: () => void;
  onRename: () => void;
  onDelete: () => void;
};

export function AttachmentRow(props: AttachmentRowProps) {
  const { file, transfer, mayEdit, onDownload, onUpgrade, onRename, onDelete } = props;
  const t = useT();
  const format = useFormat();
  const name = file.fileName || t("vault.undecryptable");
  return (
    <li className="flex items-center gap-3 py-2.5 pr-2 pl-4" aria-label={name}>
      <File className="size-4 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={name}>
          {name}
        </p>
        {transfer ? (
          <TransferStatus transfer={transfer} />
        ) : (
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
            {format.size(file.size)}
            {file.old ? <Badge mood="warn">{t("attachment.old")}</Badge> : null}
            {file.old && mayEdit ? (
              <button
                type="button"
                onClick={onUpgrade}
                aria-label={t("attachment.upgradeOf", { name })}
                className="rounded font-medium text-accent-text underline-offset-2 hover:underline"
              >
                {t("attachment.upgrade")}
              </button>
            ) : null}
          </p>
        )}
      </div>
      {transfer ? (
        <TransferActs transfer={transfer} />
      ) : (
        <span className="flex shrink-0 items-center">
          <IconButton
            size="sm"
            label={t("attachment.download", { name })}
            icon={<Download className="size-4" />}
            onClick={onDownload}
          />
          {mayEdit ? (
            <Menu
              trigger={
                <IconButton
                  size="sm"
                  label={t("attachment.actsOf", { name })}
                  icon={<Ellipsis className="size-4" />}
                />
              }
            >
              <MenuItem icon={<PencilLine />} onClick={onRename}>
                {t("attachment.rename")}
              </MenuItem>
              <MenuItem danger icon={<Trash2 />} onClick={onDelete}>
                {t("attachment.delete")}
              </MenuItem>
            </Menu>
          ) : null}
        </span>
      )}
    </li>
  );
}
