import { PreviewCard as Base } from "@base-ui/react/preview-card";
import type { ReactElement, ReactNode } from "react";

/** What is behind a link, shown while it is hovered or has the focus: never the only way to learn it. */
export function Preview({ content, children }: { content: ReactNode; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger delay={450} closeDelay={120} render={children} />
      <Base.Portal>
        <Base.Positioner side="bottom" align="start" sideOffset={8} className="z-40">
          <Base.Popup className="pop w-80 max-w-[calc(100vw-2rem)] rounded-xl p-4 outline-none">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
