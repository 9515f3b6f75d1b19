import { Search } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";

type FilterRowProps = {
  label: string;
  filters: readonly { readonly id: string; readonly label: string; readonly count: number }[];
  current: string;
  onFilter: (id: string) => void;
};

/** Toggles with their counts; exactly one is pressed. */
export function Filters({ label, filters, current, onFilter }: FilterRowProps) {
  const format = useFormat();
  return (
    <fieldset className="flex min-w-0 gap-1 overflow-x-auto" aria-label={label}>
      {filters.map((filter) => (
        <button
          key={filter.id}
          type="button"
          aria-pressed={filter.id === current}
          onClick={() => onFilter(filter.id)}
          className={cx(
            "flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2.5 text-sm whitespace-nowrap",
            filter.id === current
              ? "bg-accent-soft font-medium text-accent-text"
              : "text-muted hover:bg-hover",
          )}
        >
          {filter.label}
          <span>{format.number(filter.count)}</span>
        </button>
      ))}
    </fieldset>
  );
}

type SearchBoxProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
};

export function SearchBox({ label, value, onChange, ref }: SearchBoxProps) {
  return (
    <div className="relative w-full max-w-xs min-w-40 flex-1">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" aria-hidden />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-lg border border-transparent bg-sunken pr-3 pl-8 hover:border-line focus:border-control max-sm:text-[16px]"
      />
    </div>
  );
}

/** Filters, search and counts above a list. */
export function ListBar({ children, count }: { children: ReactNode; count: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 pb-2.5 sm:px-6">
      {children}
      <span className="ml-auto text-sm whitespace-nowrap text-muted" role="status">
        {count}
      </span>
    </div>
  );
}
