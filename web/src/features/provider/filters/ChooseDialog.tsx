import { type ReactNode, useState } from "react";
import { CheckList } from "@/features/console/access/CheckList";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

type ChooseDialogProps = {
  title: string;
  scope: ReactNode;
  choices: readonly { readonly id: string; readonly name: string; readonly note?: string | undefined }[];
  value: readonly string[];
  /** At most one can be chosen. */
  single?: boolean;
  searchLabel: string;
  onApply: (value: readonly string[]) => void;
  onClose: () => void;
};

/** Some of many, to filter a list by. */
export function ChooseDialog(props: ChooseDialogProps) {
  const { title, scope, choices, value, single, searchLabel, onApply, onClose } = props;
  const t = useT();
  const [chosen, setChosen] = useState<readonly string[]>(value);
  return (
    <Dialog
      open
      onClose={onClose}
      scope={scope}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            onClick={() => {
              onApply(chosen);
              onClose();
            }}
          >
            {t("filters.apply")}
          </Button>
        </>
      }
    >
      <CheckList
        legend={<span className="sr-only">{title}</span>}
        choices={choices}
        value={chosen}
        onChange={(next) => setChosen(single ? next.slice(-1) : next)}
        searchLabel={searchLabel}
        empty={t("filters.empty")}
      />
    </Dialog>
  );
}
