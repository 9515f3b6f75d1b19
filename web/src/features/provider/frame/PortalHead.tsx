import type { ReactNode } from "react";
import { PageHeader } from "@/app/shell/PageHeader";
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
    <PageHeader
      title={title}
      above={narrow ? <p className="truncate text-sm text-muted">{name}</p> : undefined}
      note={note}
      actions={actions}
    />
  );
}
