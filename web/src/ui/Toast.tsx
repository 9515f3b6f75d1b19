import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Button, IconButton } from "./Button";
import { useWords } from "./words";

type Note = {
  title: string;
  text?: string;
  mood?: "good" | "bad";
  /** A way back, offered for as long as the note stands. */
  undo?: { label: string; run: () => void };
};

const manager = Base.createToastManager();

/** Says in a corner what happened; never holds a secret. */
export function toast({ title, text, mood = "good", undo }: Note): void {
  const id = manager.add({
    title,
    description: text,
    type: mood,
    timeout: mood === "bad" ? 9000 : undo ? 8000 : 4000,
    priority: mood === "bad" ? "high" : "low",
    ...(undo && {
      actionProps: {
        children: undo.label,
        onClick: () => {
          manager.close(id);
          undo.run();
        },
      },
    }),
  });
}

export function Toaster() {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-[60] flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-sm:bottom-20">
          <Notes />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Notes() {
  const words = useWords();
  const { toasts } = Base.useToastManager();
  return toasts.map((note) => (
    <Base.Root
      key={note.id}
      toast={note}
      className="pop flex items-start gap-3 rounded-xl py-2.5 pr-2 pl-3.5"
    >
      {note.type === "bad" ? (
        <CircleAlert className="mt-1.5 size-4 shrink-0 text-bad" aria-hidden />
      ) : (
        <CircleCheck className="mt-1.5 size-4 shrink-0 text-good" aria-hidden />
      )}
      <Base.Content className="min-w-0 flex-1 py-1">
        <Base.Title className="font-medium" render={<div />} />
        <Base.Description className="text-sm text-muted" render={<div />} />
      </Base.Content>
      {note.actionProps ? <Base.Action render={<Button size="sm" />} /> : null}
      <Base.Close render={<IconButton size="sm" label={words.dismiss} icon={<X className="size-4" />} />} />
    </Base.Root>
  ));
}
