import type { Baseline } from "@/api/baselines";
import { AssignDialog } from "./AssignDialog";
import { BaselinePanel } from "./BaselinePanel";
import { DeleteDialog } from "./DeleteDialog";

/** What stands open above the list; without a baseline, a new one is written. */
export type OpenDialog =
  | { readonly kind: "edit"; readonly baseline: Baseline | null }
  | { readonly kind: "assign"; readonly baseline: Baseline }
  | { readonly kind: "delete"; readonly baseline: Baseline };

export function BaselineDialogs({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "edit":
      return <BaselinePanel baseline={dialog.baseline} onClose={onClose} />;
    case "assign":
      return <AssignDialog baseline={dialog.baseline} onClose={onClose} />;
    case "delete":
      return <DeleteDialog baseline={dialog.baseline} onClose={onClose} />;
  }
}
