import { type FormEvent, type ReactNode, useId } from "react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

type WriteDialogProps = {
  /** Whose things are written. */
  scope: ReactNode;
  title: string;
  description?: ReactNode;
  action: string;
  danger?: boolean;
  wide?: boolean;
  busy: boolean;
  error: string | undefined;
  ready?: boolean;
  changed?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A dialog that writes one thing: for whom, what, and why it did not work. */
export function WriteDialog(props: WriteDialogProps) {
  const { scope, title, description, action, danger, wide, busy, error, ready = true, changed } = props;
  const t = useT();
  const id = useId();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !busy) {
      props.onSubmit();
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      scope={scope}
      title={title}
      description={description}
      changed={changed}
      {...(wide && { wide })}
      footer={
        <>
          <Button onClick={props.onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form={id}
            look={danger ? "danger" : "primary"}
            pending={busy}
            disabled={!ready}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {error ? (
          <div role="alert">
            <Callout mood="bad" title={t("clients.notDone")}>
              {error}
            </Callout>
          </div>
        ) : null}
        {props.children}
      </form>
    </Dialog>
  );
}
