import { ManageTagsDialog } from "../tags/ManageTagsDialog";
import { TagsDialog } from "../tags/TagsDialog";
import { EnabledDialog } from "./EnabledDialog";
import { ExistingDialog } from "./ExistingDialog";
import { NewClientDialog } from "./NewClientDialog";
import { RenameDialog } from "./RenameDialog";
import type { ClientRow } from "./row";
import { SeatsDialog } from "./SeatsDialog";
import { StorageDialog } from "./StorageDialog";
import { UnlinkDialog } from "./UnlinkDialog";

export type ClientAct = "rename" | "seats" | "storage" | "tags" | "enabled" | "unlink";

export type ClientDialog =
  | { readonly kind: "create" | "existing" | "manageTags" }
  | { readonly kind: "tagMany"; readonly clients: readonly ClientRow[] }
  | { readonly kind: ClientAct; readonly client: ClientRow };

type ClientDialogsProps = { dialog: ClientDialog | null; onClose: () => void };

/** The dialog that stands open above a list of clients. */
export function ClientDialogs({ dialog, onClose }: ClientDialogsProps) {
  switch (dialog?.kind) {
    case "create":
      return <NewClientDialog onClose={onClose} />;
    case "existing":
      return <ExistingDialog onClose={onClose} />;
    case "manageTags":
      return <ManageTagsDialog onClose={onClose} />;
    case "tagMany":
      return <TagsDialog clients={dialog.clients} onClose={onClose} />;
    case "tags":
      return <TagsDialog clients={[dialog.client]} onClose={onClose} />;
    case "rename":
      return <RenameDialog client={dialog.client} onClose={onClose} />;
    case "seats":
      return <SeatsDialog client={dialog.client} onClose={onClose} />;
    case "storage":
      return <StorageDialog client={dialog.client} onClose={onClose} />;
    case "enabled":
      return <EnabledDialog client={dialog.client} onClose={onClose} />;
    case "unlink":
      return <UnlinkDialog client={dialog.client} onClose={onClose} />;
    default:
      return null;
  }
}
