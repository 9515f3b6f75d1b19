import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

/** Explains a control on hover and on focus; the control must have a name of its own. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  if (!text) {
    return children;
  }
  return (
    <Base.Root>
      <Base.Trigger delay={350} render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="fade max-w-72 rounded-lg bg-text px-2.5 py-1.5 text-sm text-surface shadow-pop">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
