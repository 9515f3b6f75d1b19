import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** Where this is: the way back, or the tenant's badge. */
  above?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
};

/** Where am I, for whom, and the one thing to do next. */
export function PageHeader({ title, above, note, actions }: PageHeaderProps) {
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 sm:px-6">
      <div className="min-w-0 flex-1">
        {above}
        <h1 className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">{title}</h1>
        {note ? <div className="text-sm text-muted">{note}</div> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </header>
  );
}
