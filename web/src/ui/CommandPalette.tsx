import { Dialog as Base } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "./cx";
import { useWords } from "./words";

export type Command = {
  id: string;
  group: string;
  label: string;
  note?: string;
  icon?: ReactNode;
  run: () => void;
};

type PaletteProps = {
  open: boolean;
  onClose: () => void;
  label: string;
  placeholder: string;
  /** Best matches first; the palette only shows and runs them. */
  find: (query: string) => Command[];
  /** Hears what is typed, to look it up elsewhere meanwhile. */
  onQuery?: (query: string) => void;
};

export function CommandPalette({ open, onClose, label, ...body }: PaletteProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          aria-label={label}
          className="pop fixed top-[10vh] left-1/2 z-50 w-[min(38rem,calc(100vw-1rem))] -translate-x-1/2 overflow-hidden rounded-xl outline-none"
        >
          <PaletteBody onClose={onClose} {...body} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function PaletteBody({ placeholder, find, onClose, onQuery }: Omit<PaletteProps, "open" | "label">) {
  const words = useWords();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const commands = find(query);
  const current = commands[Math.min(at, commands.length - 1)];

  useEffect(() => {
    if (current) {
      list.current
        ?.querySelector(`[data-id="${CSS.escape(current.id)}"]`)
        ?.scrollIntoView({ block: "nearest" });
    }
  }, [current]);

  function run(command: Command) {
    onClose();
    command.run();
  }

  function steer(event: KeyboardEvent) {
    const last = commands.length - 1;
    if (event.key === "ArrowDown") {
      setAt(at >= last ? 0 : at + 1);
    } else if (event.key === "ArrowUp") {
      setAt(at <= 0 ? last : at - 1);
    } else if (event.key === "Enter" && current) {
      run(current);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-muted" aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
          aria-label={placeholder}
          placeholder={placeholder}
          autoComplete="off"
          value={query}
          onKeyDown={steer}
          onChange={(event) => {
            setQuery(event.target.value);
            onQuery?.(event.target.value);
            setAt(0);
          }}
          className="h-12 w-full min-w-0 bg-transparent text-md outline-none"
        />
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        tabIndex={-1}
        className="max-h-[min(60vh,26rem)] overflow-y-auto p-1.5"
      >
        {commands.length === 0 ? (
          <div className="px-3 py-6 text-center text-muted">{words.noMatches}</div>
        ) : null}
        {commands.map((command, index) => (
          <div key={command.id}>
            {command.group !== commands[index - 1]?.group ? (
              <div className="px-2.5 pt-2 pb-1 text-xs text-muted">{command.group}</div>
            ) : null}
            <div
              id={`${listId}-${command.id}`}
              data-id={command.id}
              role="option"
              tabIndex={-1}
              aria-selected={command === current}
              onPointerMove={() => setAt(index)}
              onClick={() => run(command)}
              onKeyDown={() => undefined}
              className={cx(
                "flex h-9 cursor-pointer items-center gap-3 rounded-lg px-2.5 [&>svg]:size-4 [&>svg]:text-muted",
                command === current && "bg-hover",
              )}
            >
              {command.icon}
              <span className="truncate">{command.label}</span>
              {command.note ? (
                <span className="ml-auto truncate text-sm text-muted">{command.note}</span>
              ) : null}
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
