import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import { useWords } from "./words";

type Note = {
  title: string;
  text?: string;
  mood?: "good" | "bad";
  /** A way back, offered for as long as the note stands. */
  undo?: { label: string; run: () => void };
};
type Shown = Note & { id: number };

const most = 4;
const listeners = new Set<() => void>();
let notes: readonly Shown[] = [];
let count = 0;

function set(next: readonly Shown[]) {
  notes = next;
  for (const listener of listeners) {
    listener();
  }
}

function dismiss(id: number) {
  set(notes.filter((note) => note.id !== id));
}

/** Says at the upper edge what happened, where it covers no button of a form; never holds a secret. */
export function toast(note: Note): void {
  count += 1;
  set([...notes, { ...note, id: count }].slice(-most));
}

function subscribe(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function Toaster() {
  const words = useWords();
  const shown = useSyncExternalStore(subscribe, () => notes);
  return (
    <section
      aria-label={words.notifications}
      aria-live="polite"
      className="fixed top-2 left-1/2 z-[60] flex w-[min(22rem,calc(100vw-1rem))] -translate-x-1/2 flex-col gap-2"
    >
      {shown.map((note) => (
        <Card key={note.id} note={note} />
      ))}
    </section>
  );
}

function Card({ note }: { note: Shown }) {
  const words = useWords();
  const [held, setHeld] = useState(false);
  const bad = note.mood === "bad";
  const stands = bad ? 9000 : note.undo ? 8000 : 4000;

  useEffect(() => {
    // While somebody reads it or is about to act on it, it stays.
    if (held) {
      return;
    }
    const timer = setTimeout(() => dismiss(note.id), stands);
    return () => clearTimeout(timer);
  }, [held, note.id, stands]);

  const Icon = bad ? CircleAlert : CircleCheck;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the note from going
    <div
      role={bad ? "alert" : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pop toast-in flex items-start gap-3 rounded-xl py-2.5 pr-2 pl-3.5"
    >
      <Icon className={cx("mt-1.5 size-4 shrink-0", bad ? "text-bad" : "text-good")} aria-hidden />
      <div className="min-w-0 flex-1 py-1">
        <div className="font-medium">{note.title}</div>
        {note.text ? <div className="text-sm text-muted">{note.text}</div> : null}
      </div>
      {note.undo ? (
        <Button
          size="sm"
          onClick={() => {
            dismiss(note.id);
            note.undo?.run();
          }}
        >
          {note.undo.label}
        </Button>
      ) : null}
      <IconButton
        size="sm"
        label={words.dismiss}
        icon={<X className="size-4" />}
        onClick={() => dismiss(note.id)}
      />
    </div>
  );
}
