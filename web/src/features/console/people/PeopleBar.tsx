import { X } from "lucide-react";
import type { Member } from "@/api";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import type { Selection } from "@/ui/selection";
import { useConsole } from "../scope";
import { type MemberAct, mayDo, memberActs } from "./people";

type PeopleBarProps = {
  selection: Selection;
  members: readonly Member[];
  self: string | null;
  onAct: (act: MemberAct, members: Member[]) => void;
};

/** What can be done with all who are marked; each act counts those for whom it means something. */
export function PeopleBar({ selection, members, self, onAct }: PeopleBarProps) {
  const t = useT();
  const { rights } = useConsole();
  const marked = members.filter(({ id }) => selection.has(id));
  return (
    <div className="flex min-h-12 items-center gap-2 border-t border-line bg-surface px-4 sm:px-6">
      <span className="mr-auto font-medium whitespace-nowrap" role="status">
        {t("vault.selected", { count: selection.size })}
      </span>
      <div className="flex min-w-0 gap-1.5 overflow-x-auto px-0.5 py-2">
        {memberActs.map((act) => {
          const those = marked.filter((member) => mayDo(act, member, rights, self));
          return those.length === 0 ? null : (
            <Button key={act} size="sm" onClick={() => onAct(act, those)}>
              {t(`console.bulk.${act}`, { count: those.length })}
            </Button>
          );
        })}
      </div>
      <IconButton
        size="sm"
        label={t("vault.clearSelection")}
        icon={<X className="size-4" />}
        onClick={selection.clear}
      />
    </div>
  );
}
