import { ListFilter, X } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";

export type Chip = {
  readonly id: string;
  readonly label: string;
  /** What is left to see: "Example Bakery", "2 clients". */
  readonly value: string;
  readonly onEdit: () => void;
  /** Without it the filter is always there. */
  readonly onClear?: (() => void) | undefined;
};

export type Addition = {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly run: () => void;
};

type ChipsProps = { chips: readonly Chip[]; additions: readonly Addition[]; children?: ReactNode };

/** The filters that are set, each to be changed or dropped, and those that can be added. */
export function Chips({ chips, additions, children }: ChipsProps) {
  const t = useT();
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6">
      {children}
      <ul aria-label={t("filters.set")} className="contents">
        {chips.map(({ id, label, value, onEdit, onClear }) => (
          <li
            key={id}
            className="flex h-8 max-w-full min-w-0 items-center rounded-lg border border-line bg-sunken text-sm"
          >
            <button
              type="button"
              onClick={onEdit}
              className="flex h-full min-w-0 items-center gap-1 rounded-lg px-2.5 hover:bg-hover"
            >
              <span className="text-muted">{label}</span>
              <span className="truncate font-medium">{value}</span>
            </button>
            {onClear ? (
              <button
                type="button"
                aria-label={t("filters.drop", { label, value })}
                title={t("filters.drop", { label, value })}
                onClick={onClear}
                className="flex h-full w-7 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
              >
                <X className="size-3.5" aria-hidden />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {additions.length > 0 ? (
        <Menu
          align="start"
          trigger={
            <Button size="sm" look="ghost" icon={<ListFilter className="size-4" />}>
              {t("filters.add")}
            </Button>
          }
        >
          {additions.map(({ id, label, icon, run }) => (
            <MenuItem key={id} icon={icon} onClick={run}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
    </div>
  );
}
