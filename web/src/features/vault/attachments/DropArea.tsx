import { Paperclip } from "lucide-react";
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useT } from "@/i18n";
import { toast } from "@/ui/Toast";

type DropAreaProps = {
  /** What the files are added to. */
  name: string;
  onFiles: ((files: readonly File[]) => void) | undefined;
  children: ReactNode;
};

const hasFiles = (event: { dataTransfer: DataTransfer | null }) =>
  event.dataTransfer?.types.includes("Files") ?? false;

/** Folders come as files that cannot be read. */
function takenFrom(transfer: DataTransfer): { files: File[]; folders: number } {
  const entries = [...transfer.items].map((item) => ({
    file: item.getAsFile(),
    folder: item.webkitGetAsEntry()?.isDirectory === true,
  }));
  return {
    files: entries.flatMap(({ file, folder }) => (file && !folder ? [file] : [])),
    folders: entries.filter(({ folder }) => folder).length,
  };
}

/** Takes files that are dropped anywhere on its content. */
export function DropArea({ name, onFiles, children }: DropAreaProps) {
  const t = useT();
  const [over, setOver] = useState(false);
  // Children are entered and left, too, while the pointer stays inside.
  const depth = useRef(0);
  useMissedDrops();

  function leave() {
    depth.current = 0;
    setOver(false);
  }

  function drop(event: DragEvent) {
    leave();
    if (!(onFiles && hasFiles(event))) return;
    event.preventDefault();
    const { files, folders } = takenFrom(event.dataTransfer);
    if (files.length > 0) onFiles(files);
    if (folders > 0) toast({ title: t("attachment.noFolders"), mood: "bad" });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by keyboard
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragEnter={(event) => {
        if (!(onFiles && hasFiles(event))) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (!(onFiles && hasFiles(event))) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={drop}
    >
      {children}
      {over ? (
        <div className="fade pointer-events-none absolute inset-2 z-20 flex flex-col items-center justify-center gap-3 rounded-xl border-2 border-dashed border-accent-text bg-accent-soft/95 p-6 text-center text-accent-text">
          <Paperclip className="size-7" aria-hidden />
          <p className="text-md font-semibold wrap-anywhere">{t("attachment.drop", { name })}</p>
          <p className="text-text">{t("attachment.dropText")}</p>
        </div>
      ) : null}
    </div>
  );
}

/** A file dropped beside the area would replace the app by what is in it. */
function useMissedDrops() {
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent) => {
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
}
