import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { createContext, type ReactNode, type RefObject, use, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { useOpener } from "./opener";
import { useUnsaved } from "./unsaved";
import { useWords } from "./words";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Whose things are written: shown above the title, so that no dialog leaves it open. */
  scope?: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  /** Something in it was changed and not saved: closing it by Escape, by its cross or beside it asks first. */
  changed?: boolean | undefined;
  /** Something is under way whose results stand here: closing asks first, too. */
  running?: boolean;
  /** What becomes of it then, where the usual words do not fit. */
  stopText?: string;
  children?: ReactNode;
};

export function Dialog({
  open,
  onClose,
  title,
  scope,
  description,
  footer,
  wide,
  changed = false,
  running = false,
  stopText,
  children,
}: DialogProps) {
  const words = useWords();
  const { leave, question } = useLeaving(() => changed || running, onClose, running ? { stopText } : null);
  useUnsaved(open && (changed || running));
  const finalFocus = useOpener(open);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && leave()}>
      <Base.Portal>
        <Base.Backdrop forceRender className="fade fixed inset-0 z-50 bg-scrim" />
        <Base.Popup
          finalFocus={finalFocus}
          className={cx(
            "pop fixed z-50 flex max-h-[min(92dvh,52rem)] flex-col overflow-hidden rounded-xl outline-none",
            "max-sm:inset-x-2 max-sm:bottom-2 sm:top-[8vh] sm:left-1/2 sm:-translate-x-1/2",
            wide ? "sm:w-[44rem]" : "sm:w-[30rem]",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              {scope ? <div className="mb-2">{scope}</div> : null}
              <Base.Title className="text-md font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-1 text-muted" render={<div />}>
                  {description}
                </Base.Description>
              ) : null}
            </div>
            <Base.Close
              render={
                <IconButton
                  size="sm"
                  label={words.close}
                  icon={<X className="size-4" />}
                  className="-mt-1 -mr-2"
                />
              }
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-5 py-3 max-sm:px-3">
              {footer}
            </footer>
          ) : null}
          {question}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Closes at once, or asks first what becomes of the changes. */
function useLeaving(changed: () => boolean, onClose: () => void, running: Running = null) {
  const [asking, setAsking] = useState(false);
  return {
    leave: () => (changed() ? setAsking(true) : onClose()),
    // What was under way may have ended while somebody thinks about it: then there is nothing to ask any more.
    question:
      asking && changed() ? (
        <Discard running={running} onKeep={() => setAsking(false)} onDiscard={onClose} />
      ) : null,
  };
}

type Running = { readonly stopText: string | undefined } | null;
type DiscardProps = { running: Running; onKeep: () => void; onDiscard: () => void };

function Discard({ running, onKeep, onDiscard }: DiscardProps) {
  const words = useWords();
  return (
    <Dialog
      open
      onClose={onKeep}
      title={running ? words.stopTitle : words.discardTitle}
      description={running ? (running.stopText ?? words.stopText) : words.discardText}
      footer={
        <>
          <Button onClick={onKeep}>{running ? words.keepWaiting : words.keepEditing}</Button>
          <Button look="danger" onClick={onDiscard}>
            {running ? words.stop : words.discard}
          </Button>
        </>
      }
    />
  );
}

/** Whether the form inside a panel holds something unsaved: it is loaded, and loaded anew, while the panel stands. */
const Unsaved = createContext<RefObject<boolean> | null>(null);

type PanelFormProps = { changed: boolean; footer: ReactNode; children: ReactNode };

/** What a panel shows once it is loaded. */
export function PanelForm({ changed, footer, children }: PanelFormProps) {
  const unsaved = use(Unsaved);
  useUnsaved(changed);
  useEffect(() => {
    if (unsaved) {
      unsaved.current = changed;
    }
  }, [unsaved, changed]);
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex-1">{children}</div>
      <PanelFooter>{footer}</PanelFooter>
    </div>
  );
}

function PanelFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="sticky bottom-0 z-10 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-5 py-3 max-sm:px-3 max-sm:[&>button]:px-2.5">
      {children}
    </footer>
  );
}

/** A panel from the right edge: details without losing the list behind it. */
export function SidePanel({
  open,
  onClose,
  title,
  scope,
  footer,
  changed = false,
  children,
}: Omit<DialogProps, "wide" | "description" | "running" | "stopText">) {
  const words = useWords();
  const unsaved = useRef(false);
  const { leave, question } = useLeaving(() => changed || unsaved.current, onClose);
  useUnsaved(open && changed);
  const finalFocus = useOpener(open);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && leave()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          finalFocus={finalFocus}
          className="slide fixed inset-y-0 right-0 z-50 flex w-full max-w-[34rem] flex-col border-l border-line bg-raised shadow-pop outline-none"
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3">
            <div className="min-w-0 flex-1">
              {scope ? <div className="mb-1.5">{scope}</div> : null}
              <Base.Title className="text-md font-semibold">{title}</Base.Title>
            </div>
            <Base.Close
              render={<IconButton size="sm" label={words.close} icon={<X className="size-4" />} />}
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Unsaved value={unsaved}>{children}</Unsaved>
          </div>
          {footer ? <PanelFooter>{footer}</PanelFooter> : null}
          {question}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
