import type { ReactNode } from "react";
import { useNarrow } from "@/ui/media";
import { usePortal } from "../scope";

type PortalHeadProps = {
  title: ReactNode;
  note?: ReactNode;
  /** At most one of them is primary. */
  actions?: ReactNode;
};

/** The head of a section: what it is, and the one thing to do next. Where no rail names the provider, it does. */
export function PortalHead({ title, note, actions }: PortalHeadProps) {
  const narrow = useNarrow();
  const { name } = usePortal();
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 sm:px-6">
      {/* On a phone the note has a line of its own below the acts. */}
      <div className="min-w-0 flex-1">
        {narrow ? <p className="truncate text-sm text-muted">{name}</p> : null}
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        {note && !narrow ? <div className="text-sm text-muted">{note}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      {note && narrow ? <div className="basis-full text-sm text-muted">{note}</div> : null}
    </header>
  );
}
