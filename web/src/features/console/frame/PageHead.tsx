import type { ReactNode } from "react";

type PageHeadProps = {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
};

/** The head of a section: what it is, and the one thing to do next. The organization's name stands above. */
export function PageHead({ title, note, actions }: PageHeadProps) {
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-6">
      {/* On a phone the note has a line of its own below the acts. */}
      <div className="min-w-0 flex-1 max-sm:contents">
        <h2 className="text-md font-semibold max-sm:min-w-0 max-sm:flex-1">{title}</h2>
        {note ? <div className="text-sm text-muted max-sm:order-last max-sm:basis-full">{note}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
