import { X } from "lucide-react";
import type { StaffMember } from "@/api/staff";
import type { UserId } from "@/crypto/model/ids";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import type { Selection } from "@/ui/selection";
import { mayDo, type StaffAct, staffActs } from "./model";

type PeopleBarProps = {
  selection: Selection;
  people: readonly StaffMember[];
  self: UserId | null;
  onAct: (act: StaffAct, people: StaffMember[]) => void;
};

/** What can be done with all who are marked; each act counts those for whom it means something. */
export function PeopleBar({ selection, people, self, onAct }: PeopleBarProps) {
  const t = useT();
  const marked = people.filter(({ id }) => selection.has(id));
  return (
    <div className="flex min-h-12 items-center gap-2 border-t border-line bg-surface px-4 sm:px-6">
      <span className="mr-auto font-medium whitespace-nowrap" role="status">
        {t("staff.marked", { count: selection.size })}
      </span>
      <div className="flex min-w-0 gap-1.5 overflow-x-auto px-0.5 py-2">
        {staffActs.map((act) => {
          const those = marked.filter((person) => mayDo(act, person, self));
          return those.length === 0 ? null : (
            <Button key={act} size="sm" onClick={() => onAct(act, those)}>
              {t(`console.bulk.${act}`, { count: those.length })}
            </Button>
          );
        })}
      </div>
      <IconButton
        size="sm"
        label={t("staff.unmark")}
        icon={<X className="size-4" />}
        onClick={selection.clear}
      />
    </div>
  );
}
