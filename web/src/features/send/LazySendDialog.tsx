import { lazy, Suspense } from "react";
import { sendArea } from "@/app/sendArea";
import type { SendDialogProps } from "./SendDialog";

const Loaded = lazy(() => sendArea().then(({ SendDialog }) => ({ default: SendDialog })));

/** The dialog for places that offer to send something: it is loaded when somebody takes the offer. */
export function LazySendDialog(props: SendDialogProps) {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  );
}
